/** What stands on a terminal's screen as text that draws it again, no larger than is kept of it. */
import type { SerializeAddon } from '@xterm/addon-serialize';

/** As the contract takes it. */
const mostCharacters = 512 * 1024;

/** The nearest of these that fits. */
const linesAbove = [1000, 100, 0];

/** @returns undefined when even the screen alone is too much */
export function serializeScreen(addon: SerializeAddon): string | undefined {
  for (const scrollback of linesAbove) {
    const screen = addon.serialize({ scrollback, excludeAltBuffer: true, excludeModes: true });
    if (screen.length <= mostCharacters) return screen;
  }
  return undefined;
}
