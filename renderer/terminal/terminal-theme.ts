/** The colours of a terminal, dark and light: the product's palette, and sixteen that stay readable on it. */
import type { ISearchDecorationOptions } from '@xterm/addon-search';
import type { ITheme } from '@xterm/xterm';

export type ColorScheme = 'light' | 'dark';

export const terminalThemes: Readonly<Record<ColorScheme, ITheme>> = {
  dark: {
    background: '#0b0e13',
    foreground: '#dde3ea',
    cursor: '#d3dbe4',
    cursorAccent: '#0b0e13',
    selectionBackground: '#23504f',
    selectionInactiveBackground: '#26313a',
    scrollbarSliderBackground: '#323a4588',
    scrollbarSliderHoverBackground: '#46505dcc',
    scrollbarSliderActiveBackground: '#5a6573',
    overviewRulerBorder: '#00000000',
    black: '#1b212a',
    red: '#f4745f',
    green: '#34cf8d',
    yellow: '#e9b44c',
    blue: '#6ea8fe',
    magenta: '#c792ea',
    cyan: '#4fd3c1',
    white: '#cbd3dc',
    brightBlack: '#6d7885',
    brightRed: '#ff9484',
    brightGreen: '#63e6ae',
    brightYellow: '#f7cf7a',
    brightBlue: '#9cc4ff',
    brightMagenta: '#dbb3f7',
    brightCyan: '#86e6d8',
    brightWhite: '#f4f7fa',
  },
  light: {
    background: '#fbfcfd',
    foreground: '#1b222a',
    cursor: '#5c6874',
    cursorAccent: '#fbfcfd',
    selectionBackground: '#b9e3dc',
    selectionInactiveBackground: '#dfe6eb',
    scrollbarSliderBackground: '#c9d3dc99',
    scrollbarSliderHoverBackground: '#aab7c3cc',
    scrollbarSliderActiveBackground: '#97a4b0',
    overviewRulerBorder: '#00000000',
    black: '#1b222a',
    red: '#be2d1c',
    green: '#127a4a',
    yellow: '#8a5a0a',
    blue: '#1f5fc4',
    magenta: '#8a3fb0',
    cyan: '#08746a',
    white: '#dfe6eb',
    brightBlack: '#66727f',
    brightRed: '#d2442f',
    brightGreen: '#15965a',
    brightYellow: '#a56d10',
    brightBlue: '#2f74e0',
    brightMagenta: '#a356c9',
    brightCyan: '#0b8f82',
    brightWhite: '#ffffff',
  },
};

export const searchDecorations: Readonly<Record<ColorScheme, ISearchDecorationOptions>> = {
  dark: {
    matchBackground: '#4a3d16',
    matchOverviewRuler: '#e9b44c',
    activeMatchBackground: '#8a6a16',
    activeMatchColorOverviewRuler: '#f7cf7a',
  },
  light: {
    matchBackground: '#fbe7b5',
    matchOverviewRuler: '#b57a12',
    activeMatchBackground: '#f5c451',
    activeMatchColorOverviewRuler: '#96600a',
  },
};

/** JetBrains Mono is bundled; the rest are what systems have for CJK, so that two columns hold one character. */
export const terminalFontFamily =
  '"JetBrains Mono", "Noto Sans Mono CJK TC", "Noto Sans Mono CJK SC", "PingFang TC", "PingFang SC", "Microsoft JhengHei", "Microsoft YaHei", ui-monospace, monospace, "Noto Color Emoji"';
