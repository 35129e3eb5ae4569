/** Typing that goes to several terminals at once, in the words each of them expects. */
import { isTerminalReport } from './terminal-report.ts';

/** The mouse, and the focus coming and going: they mean the one terminal they happened in. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: reports are made of control characters
const pointerOrFocus = /^\u001b\[(?:<[\d;]+[Mm]|M[\s\S]{3}|[IO])/;

/** Whether a person typed it, as opposed to the terminal itself or its mouse. */
export const isTyping = (data: string): boolean =>
  !isTerminalReport(data) && !pointerOrFocus.test(data);

/** Arrow keys, Home and End are written in two ways. @param application whether the terminal asked for the second */
export function keysFor(data: string, application: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys are sequences that begin with ESC
  const [, key] = /^\u001b[[O]([ABCDFH])$/.exec(data) ?? [];
  return key ? `\u001b${application ? 'O' : '['}${key}` : data;
}
