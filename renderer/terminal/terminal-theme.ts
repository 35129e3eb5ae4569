/** The colours of terminals: the product's own dark and light, and others that operators ask for. */
import type { ISearchDecorationOptions } from '@xterm/addon-search';
import type { ITheme } from '@xterm/xterm';
import type { TerminalTheme } from '../../preload/contract/constants.ts';

export type ColorScheme = 'light' | 'dark';

/** What the page around a terminal takes from its theme. */
interface Ground {
  readonly background: string;
  readonly foreground: string;
}

const own: Readonly<Record<ColorScheme, ITheme & Ground>> = {
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

/** Ethan Schoonover's sixteen, for either ground. */
const solarized = {
  black: '#073642',
  red: '#dc322f',
  green: '#859900',
  yellow: '#b58900',
  blue: '#268bd2',
  magenta: '#d33682',
  cyan: '#2aa198',
  white: '#eee8d5',
  brightBlack: '#586e75',
  brightRed: '#cb4b16',
  brightGreen: '#586e75',
  brightYellow: '#657b83',
  brightBlue: '#839496',
  brightMagenta: '#6c71c4',
  brightCyan: '#93a1a1',
  brightWhite: '#fdf6e3',
  overviewRulerBorder: '#00000000',
} as const;

const others = {
  'solarized-dark': {
    ...solarized,
    background: '#002b36',
    foreground: '#a5b4b4',
    cursor: '#a5b4b4',
    cursorAccent: '#002b36',
    selectionBackground: '#14505e',
    selectionInactiveBackground: '#0d3f4b',
    scrollbarSliderBackground: '#586e7566',
    scrollbarSliderHoverBackground: '#586e75cc',
    scrollbarSliderActiveBackground: '#586e75',
  },
  'solarized-light': {
    ...solarized,
    background: '#fdf6e3',
    foreground: '#4d636b',
    cursor: '#4d636b',
    cursorAccent: '#fdf6e3',
    selectionBackground: '#d9e3cf',
    selectionInactiveBackground: '#eee8d5',
    scrollbarSliderBackground: '#93a1a166',
    scrollbarSliderHoverBackground: '#93a1a1cc',
    scrollbarSliderActiveBackground: '#93a1a1',
  },
  'high-contrast': {
    background: '#000000',
    foreground: '#ffffff',
    cursor: '#ffff00',
    cursorAccent: '#000000',
    selectionBackground: '#ffffff',
    selectionForeground: '#000000',
    selectionInactiveBackground: '#808080',
    scrollbarSliderBackground: '#ffffff88',
    scrollbarSliderHoverBackground: '#ffffffcc',
    scrollbarSliderActiveBackground: '#ffffff',
    overviewRulerBorder: '#00000000',
    black: '#000000',
    red: '#ff6b6b',
    green: '#3ff23f',
    yellow: '#ffff00',
    blue: '#7db3ff',
    magenta: '#ff8cff',
    cyan: '#00ffff',
    white: '#ffffff',
    brightBlack: '#b8b8b8',
    brightRed: '#ff9c9c',
    brightGreen: '#8cff8c',
    brightYellow: '#ffff99',
    brightBlue: '#b0d0ff',
    brightMagenta: '#ffb8ff',
    brightCyan: '#99ffff',
    brightWhite: '#ffffff',
  },
} as const;

/** The colours of a theme; `match` follows the application's own light or dark. */
export function themeOf(theme: TerminalTheme, scheme: ColorScheme): ITheme & Ground {
  switch (theme) {
    case 'match':
      return own[scheme];
    case 'pilothouse-dark':
      return own.dark;
    case 'pilothouse-light':
      return own.light;
    default:
      return others[theme];
  }
}

const decorations: Readonly<Record<ColorScheme, ISearchDecorationOptions>> = {
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

/** How matches of a search stand out on a theme's ground. */
export function searchDecorationsOf(
  theme: TerminalTheme,
  scheme: ColorScheme,
): ISearchDecorationOptions {
  if (theme === 'match') return decorations[scheme];
  return decorations[theme.endsWith('-light') ? 'light' : 'dark'];
}

/** JetBrains Mono is bundled; the rest are what systems have for CJK, so that two columns hold one character. */
export const terminalFontFamily =
  '"JetBrains Mono", "Noto Sans Mono CJK TC", "Noto Sans Mono CJK SC", "PingFang TC", "PingFang SC", "Microsoft JhengHei", "Microsoft YaHei", ui-monospace, monospace, "Noto Color Emoji"';
