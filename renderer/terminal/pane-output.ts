/** Draws a session's output in order, and knows while drawing whether it happened earlier. */
import type { Terminal } from '@xterm/xterm';

export interface PaneOutput {
  /** What is drawn just now happened before the page came: its questions, bells and requests are long answered. */
  readonly isReplaying: boolean;
  /** @param offset where the bytes end, counted from the session's first */
  write(bytes: Uint8Array, isHistory: boolean, offset: number, drawn: () => void): void;
  restore(screen: string): void;
  /** What follows does not join what was drawn before. */
  restart(): void;
}

const toInitialState = '\u001bc';

/** @param drawnUpTo told how far the session's output has been drawn */
export function createPaneOutput(
  terminal: Terminal,
  drawnUpTo: (offset: number) => void,
): PaneOutput {
  let isReplaying = false;
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
        drawn();
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
