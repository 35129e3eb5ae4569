/** What may pass between a pane and the clipboard: a person's copy and paste, and what a program asks for, to be judged. */
import type { Terminal } from '@xterm/xterm';
import { type ClipboardRequest, readClipboardRequest } from './clipboard-request.ts';

export interface ClipboardRules {
  /** The clipboard's text, as it was copied. */
  paste(raw: string): void;
  /** A program asks for something. */
  asked(request: ClipboardRequest): void;
  copiesOnSelect(): boolean;
}

export function installClipboard(
  terminal: Terminal,
  element: HTMLElement,
  { paste, asked, copiesOnSelect }: ClipboardRules,
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
  terminal.parser.registerOscHandler(52, (data) => {
    asked(readClipboardRequest(data));
    return true;
  });
}
