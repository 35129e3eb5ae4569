/** Draws a session's output in order, and knows while drawing whether it happened earlier. */
import type { Terminal } from '@xterm/xterm';

export interface PaneOutput {
  /** What is drawn just now happened before the page came: its questions, bells and requests are long answered. */
  readonly isReplaying: boolean;
  /**
   * @param offset where the bytes end, counted from the session's first
   * @param drawn told once they are, and more may come
   */
  write(bytes: Uint8Array, isHistory: boolean, offset: number, drawn: () => void): void;
  restore(screen: string): void;
  /** What follows does not join what was drawn before. */
  restart(): void;
}

const toInitialState = '\u001bc';

/** What a terminal takes while another has the keyboard: more than anyone reads, and what is typed there need not wait for it. */
const besideBytesPerMs = 4000;

/** @param drawnUpTo told how far the session's output has been drawn */
export function createPaneOutput(
  terminal: Terminal,
  drawnUpTo: (offset: number) => void,
): PaneOutput {
  let isReplaying = false;
  let freeAt = 0;
  const inTurn = (bytes: number, drawn: () => void) => {
    const typedIn = document.activeElement?.closest('.xterm');
    if (!typedIn || typedIn === terminal.element) return drawn();
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + bytes / besideBytesPerMs;
    setTimeout(drawn, freeAt - now);
  };
  /** Through the same queue as the output, so that it holds from there on. */
  const replay = (on: boolean) =>
    terminal.write('', () => {
      isReplaying = on;
    });
  return {
    get isReplaying() {
      return isReplaying;
    },
    write(bytes, isHistory, offset, drawn) {
      if (isHistory) replay(true);
      terminal.write(bytes, () => {
        isReplaying = false;
        inTurn(bytes.length, drawn);
        drawnUpTo(offset);
      });
    },
    restore(screen) {
      replay(true);
      terminal.write(screen, () => {
        isReplaying = false;
      });
    },
    restart: () => terminal.write(toInitialState),
  };
}
