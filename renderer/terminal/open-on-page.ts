/** Puts an xterm on the page: coloured under our policy, open to text that no key brought, and named to screen readers. */
import { type ILocalizableStrings, Terminal } from '@xterm/xterm';
import { installPickedText } from './picked-text.ts';
import { styleRowsByCssom } from './styled-rows.ts';

/** @param words what a screen reader says of it, in the operator's language */
export function openOnPage(
  terminal: Terminal,
  element: HTMLElement,
  words: ILocalizableStrings,
): void {
  Object.assign(Terminal.strings, words);
  terminal.open(element);
  styleRowsByCssom(terminal);
  installPickedText(terminal, (text) => terminal.input(text));
}
