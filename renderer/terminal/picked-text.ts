/** Text that no key brought: an emoji picker, dictation. With a screen reader on, xterm leaves it to the page. */
import type { Terminal } from '@xterm/xterm';

/** @param typed takes the text */
export function installPickedText(terminal: Terminal, typed: (text: string) => void): void {
  const field = terminal.textarea;
  if (!field) return;
  let isKeyDown = false;
  let isComposed = false;
  field.addEventListener('keydown', () => {
    isKeyDown = true;
  });
  field.addEventListener('keyup', () => {
    isKeyDown = false;
  });
  let ending: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('compositionstart', () => {
    clearTimeout(ending);
    isComposed = true;
  });
  // xterm takes what was composed a turn after its end, with whatever came meanwhile.
  field.addEventListener('compositionend', () => {
    ending = setTimeout(() => {
      isComposed = false;
    });
  });
  field.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent) || event.inputType !== 'insertText' || !event.data) return;
    if (isKeyDown || isComposed || !terminal.options.screenReaderMode) return;
    typed(event.data);
  });
}
