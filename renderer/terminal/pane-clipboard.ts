/** What may pass between a pane and the clipboard: a person's copy and paste, and nothing a program asks for. */
import type { Terminal } from '@xterm/xterm';

export interface ClipboardRules {
  /** The clipboard's text, as it was copied. */
  paste(raw: string): void;
  /** A program tried to write the clipboard; told once, so that a flood says no more. */
  writeRefused(): void;
  copiesOnSelect(): boolean;
}

export function installClipboard(
  terminal: Terminal,
  element: HTMLElement,
  { paste, writeRefused, copiesOnSelect }: ClipboardRules,
): void {
  // Before xterm sees it: its own handler would let ESC through (GHSA-h62m-39wp-xq3w).
  element.addEventListener(
    'paste',
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      paste(event.clipboardData?.getData('text/plain') ?? '');
    },
    { capture: true },
  );
  element.addEventListener('pointerup', () => {
    if (!copiesOnSelect() || !terminal.hasSelection()) return;
    void navigator.clipboard.writeText(terminal.getSelection()).catch(() => undefined);
  });
  let said = false;
  // OSC 52: a read is not answered, a write is refused.
  terminal.parser.registerOscHandler(52, (data) => {
    const isRead = data.endsWith(';?');
    if (!isRead && !said) {
      said = true;
      writeRefused();
    }
    return true;
  });
}
