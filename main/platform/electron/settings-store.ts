/** `settings.json` by electron-store: the same file, in the same form, that the Node host writes by conf. */
import Store from 'electron-store';
import type { SettingsStore } from '../platform.ts';

/** @throws SyntaxError when the file cannot be parsed */
export function openSettingsStore(dataDirectory: string): SettingsStore {
  const store = new Store<Record<string, unknown>>({
    cwd: dataDirectory,
    name: 'settings',
    clearInvalidConfig: false,
    configFileMode: 0o600,
  });
  return {
    read: () => ({ ...store.store }),
    write: (document) => {
      store.store = document;
    },
  };
}
