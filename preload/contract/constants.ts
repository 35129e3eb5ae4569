/** Plain values of the contract that a page needs too: no schema here, so that the page carries none. */

export const languages = ['en', 'zh-TW', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const stateKinds = [
  'creating',
  'starting',
  'running',
  'stopping',
  'stopped',
  'rebooting',
  'snapshotting',
  'migrating',
  'releasing',
  'released',
  'error',
  'unknown',
] as const;
export type StateKind = (typeof stateKinds)[number];

export const detailTabs = [
  'access',
  'monitor',
  'billing',
  'config',
  'hardware',
  'network-group',
] as const;
export type DetailTab = (typeof detailTabs)[number];

export const metricRanges = ['15m', '1h', '6h', '24h'] as const;
export type MetricRange = (typeof metricRanges)[number];

export const accountColours = [
  'grey',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'violet',
] as const;
export type AccountColour = (typeof accountColours)[number];

/** `match` follows the application's own light or dark. */
export const terminalThemes = [
  'match',
  'pilothouse-dark',
  'pilothouse-light',
  'solarized-dark',
  'solarized-light',
  'high-contrast',
] as const;
export type TerminalTheme = (typeof terminalThemes)[number];

/** Until the operator chose otherwise, or until the core has said what they chose. */
export const usualTerminal = {
  fontSizePx: 13,
  scrollbackLines: 5000,
  copyOnSelect: false,
  cursorBlink: false,
  screenReader: false,
  theme: 'match',
  bell: 'visual',
  minimumContrast: true,
  reopen: true,
  keepScreens: false,
} as const;

/** Inside a character class, with the flag `u`: what is invisible, or able to show a text as another one. */
export const disguises = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}`;
/** One of them, with the flag `u`; the joiner inside an emoji is part of that. */
export const disguise = String.raw`(?!\u200d\p{Extended_Pictographic})[${disguises}]`;
