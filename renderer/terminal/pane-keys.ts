/** Which keys belong to the dock instead of the shell; everything else is the shell's. */

export type DockCommand =
  | 'copy'
  | 'copy-and-deselect'
  | 'paste'
  | 'search'
  | 'new-terminal'
  | 'split-right'
  | 'split-down'
  | 'next-pane'
  | 'pane-left'
  | 'pane-right'
  | 'pane-up'
  | 'pane-down'
  | 'close-pane'
  | 'broadcast'
  | 'leave'
  | 'next-tab'
  | 'previous-tab'
  | 'larger-text'
  | 'smaller-text'
  | 'default-text';

/** Whose habits the keys follow. */
export type Keyboard = 'mac' | 'windows' | 'other';

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

export function keyboardOf(platform: string): Keyboard {
  if (/^(Mac|iP)/.test(platform)) return 'mac';
  return platform.startsWith('Win') ? 'windows' : 'other';
}

/** With Cmd on a Mac, else with Ctrl and Shift. */
const byLetter: Readonly<Record<string, DockCommand>> = {
  KeyC: 'copy',
  KeyV: 'paste',
  KeyF: 'search',
  KeyT: 'new-terminal',
  KeyE: 'split-right',
  KeyO: 'split-down',
  KeyB: 'broadcast',
  KeyJ: 'next-pane',
  KeyL: 'leave',
};

/** The same keys in a tab of several panes; where there is one alone, they are the shell's. */
const inSplit: Readonly<Record<string, DockCommand>> = {
  ArrowLeft: 'pane-left',
  ArrowRight: 'pane-right',
  ArrowUp: 'pane-up',
  ArrowDown: 'pane-down',
};

/** Ends a terminal, so with Shift on a Mac too: Cmd+X alone is pressed there to cut. */
const closingKey = 'KeyX';

/** What stands where the key is pressed. */
export interface PressedIn {
  /** Whether text of the terminal is selected. */
  readonly selected: boolean;
  /** Whether the tab has several panes. */
  readonly split: boolean;
  /** Whether it is a field beside the terminal: what edits its text is the field's. */
  readonly inField?: boolean;
}

/**
 * @returns undefined while text is being composed, and for every key that is the shell's
 */
export function dockCommand(
  press: KeyPress,
  keyboard: Keyboard,
  { selected, split, inField = false }: PressedIn,
): DockCommand | undefined {
  const { code, key, ctrlKey, metaKey, shiftKey, altKey } = press;
  if (press.isComposing || press.keyCode === takenByInputMethod || altKey) return undefined;
  if (shiftKey && code === 'Insert' && !ctrlKey && !metaKey) return 'paste';
  if (ctrlKey && !metaKey && !shiftKey) {
    if (code === 'PageDown') return 'next-tab';
    if (code === 'PageUp') return 'previous-tab';
    const isWindows = keyboard === 'windows' && !inField;
    // As in Windows Terminal: ^C interrupts unless something is selected, and a second one does then.
    if (isWindows && code === 'KeyC' && selected) return 'copy-and-deselect';
    if (isWindows && code === 'KeyV') return 'paste';
  }
  const isMac = keyboard === 'mac';
  if (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) {
    if (key === '+' || key === '=') return 'larger-text';
    if (key === '-' && !shiftKey) return 'smaller-text';
    if (key === '0' && !shiftKey) return 'default-text';
  }
  // Ctrl alone belongs to the shell (^C, ^V); Cmd never does.
  const modified = isMac ? metaKey && !ctrlKey : ctrlKey && shiftKey && !metaKey;
  if (!modified) return undefined;
  if (code === closingKey) return split && shiftKey && !inField ? 'close-pane' : undefined;
  if (isMac && shiftKey) return undefined;
  const command = byLetter[code] ?? (split ? inSplit[code] : undefined);
  return inField && command !== undefined && editsText(command, isMac) ? undefined : command;
}

/** In a field the keys of these copy and paste; on a Mac those with arrows go to the ends of its text. */
const editsText = (command: DockCommand, isMac: boolean): boolean =>
  ['copy', 'paste'].includes(command) || (isMac && command.startsWith('pane-'));

/** How the keys of a letter, or of another key of the dock, are written on that keyboard. */
export const keysText = (keyboard: Keyboard, key: string): string =>
  `${keyboard === 'mac' ? 'Cmd' : 'Ctrl+Shift'}+${key}`;

export const closePaneKeys = (keyboard: Keyboard): string =>
  keyboard === 'mac' ? 'Cmd+Shift+X' : keysText(keyboard, 'X');
