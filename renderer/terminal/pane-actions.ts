/** Copy and paste of a pane through the system's clipboard. */
import type { TerminalPane } from './terminal-pane.ts';

export async function copySelection(pane: TerminalPane): Promise<void> {
  const text = pane.selection();
  if (text) await navigator.clipboard.writeText(text);
}

/** For the menu; the keys make the browser's own paste event, which needs no permission. */
export async function pasteClipboard(pane: TerminalPane): Promise<void> {
  try {
    pane.paste(await navigator.clipboard.readText());
  } catch {
    pane.remark('clipboard-read-refused');
  }
}
