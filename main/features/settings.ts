/** Calls on the operator's preferences. */
import type { Events } from '../core/events.ts';
import type { Handlers } from '../core/router.ts';
import type { Settings } from '../core/settings.ts';

export function settingsHandlers(
  settings: Settings,
  events: Events,
  onChange: () => void,
): Pick<Handlers, 'settings.read' | 'settings.change'> {
  return {
    'settings.read': () => settings.read().preferences,
    'settings.change': (patch) => {
      const before = settings.read().preferences;
      const { terminal, theme, language } = patch;
      const preferences = {
        theme: theme ?? before.theme,
        language: language ?? before.language,
        terminal: { ...before.terminal, ...defined(terminal ?? {}) },
      };
      settings.change({ preferences });
      onChange();
      events.emit('settings.changed', preferences);
      return preferences;
    },
  };
}

/** Only the fields that have a value. */
function defined<Fields extends object>(
  fields: Fields,
): { [K in keyof Fields]: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never;
}
