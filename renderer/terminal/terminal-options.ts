/** How xterm is set up, from what the operator prefers. */
import type { ITerminalOptions } from '@xterm/xterm';
import type { Preferences } from '../../preload/contract/settings.ts';
import { type ColorScheme, terminalFontFamily, themeOf } from './terminal-theme.ts';

const readableContrast = 4.5;

/** Options that may change while the terminal runs. */
export function changingOptions(
  preferences: Preferences['terminal'],
  scheme: ColorScheme,
): ITerminalOptions {
  return {
    cursorBlink: preferences.cursorBlink,
    fontSize: preferences.fontSizePx,
    minimumContrastRatio: preferences.minimumContrast ? readableContrast : 1,
    screenReaderMode: preferences.screenReader,
    scrollback: preferences.scrollbackLines,
    theme: themeOf(preferences.theme, scheme),
  };
}

export const fixedOptions: ITerminalOptions = {
  allowProposedApi: true,
  drawBoldTextInBrightColors: false,
  fontFamily: terminalFontFamily,
  lineHeight: 1.05,
  rightClickSelectsWord: false,
};
