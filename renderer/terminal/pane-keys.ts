/** Which keys belong to the dock instead of the shell; everything else is the shell's. */

export type DockCommand =
  | 'copy'
  | 'paste'
  | 'search'
  | 'new-terminal'
  | 'next-tab'
  | 'previous-tab'
  | 'larger-text'
  | 'smaller-text'
  | 'default-text';

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** The key code of every key press that an input method has taken. */
const takenByInputMethod = 229;

export const isMac = (platform: string): boolean => /^(Mac|iP)/.test(platform);

/** @returns undefined while text is being composed, and for every key that is the shell's */
export function dockCommand(press: KeyPress, mac: boolean): DockCommand | undefined {
  if (press.isComposing || press.keyCode === takenByInputMethod || press.altKey) return undefined;
  if (press.shiftKey && press.code === 'Insert' && !press.ctrlKey && !press.metaKey) return 'paste';
  if (press.ctrlKey && !press.metaKey && !press.shiftKey) {
    if (press.code === 'PageDown') return 'next-tab';
    if (press.code === 'PageUp') return 'previous-tab';
  }
  const zoomModifier = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  if (zoomModifier) {
    if (press.key === '+' || press.key === '=') return 'larger-text';
    if (press.key === '-' && !press.shiftKey) return 'smaller-text';
    if (press.key === '0' && !press.shiftKey) return 'default-text';
  }
  // Ctrl alone belongs to the shell (^C, ^V); Cmd never does.
  const modifier = mac
    ? press.metaKey && !press.ctrlKey && !press.shiftKey
    : press.ctrlKey && press.shiftKey && !press.metaKey;
  if (!modifier) return undefined;
  switch (press.code) {
    case 'KeyC':
      return 'copy';
    case 'KeyV':
      return 'paste';
    case 'KeyF':
      return 'search';
    case 'KeyT':
      return 'new-terminal';
    default:
      return undefined;
  }
}
