/** Terminals over a restart: which there were and, if the operator wishes, what stood on their screens. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFileSafely } from '../../core/files.ts';
import type { Log } from '../../core/log.ts';
import type { SavedTerminal, Settings } from '../../core/settings.ts';

export interface SavedTerminals {
  /** Those of before the restart. */
  readonly former: readonly SavedTerminal[];
  /** Replaces what is saved, and forgets the screens of those that went; nothing is kept while the preference is off. */
  save(terminals: readonly SavedTerminal[]): void;
  readScreen(id: string): string | undefined;
  /** Keeps that of a saved terminal only. @throws CloudError when the disk refuses */
  keepScreen(id: string, screen: string): void;
  /** Preferences may have changed: screens nobody wishes kept are removed. */
  tidy(): void;
}

/** Ids become names of files here and of sessions on an instance. */
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function openSavedTerminals(
  dataDirectory: string,
  settings: Settings,
  log: Log,
): SavedTerminals {
  const directory = join(dataDirectory, 'screens');
  const fileOf = (id: string) => join(directory, `${id}.screen`);
  const wishes = () => settings.read().preferences.terminal;
  const keepsScreens = () => wishes().reopen && wishes().keepScreens;
  const known = () => settings.read().terminals.filter(({ id }) => idPattern.test(id));

  const tidy = () => {
    if (!existsSync(directory)) return;
    const kept = new Set(keepsScreens() ? known().map(({ id }) => fileOf(id)) : []);
    for (const name of readdirSync(directory)) {
      const file = join(directory, name);
      if (!kept.has(file)) rmSync(file, { force: true });
    }
  };

  const former = wishes().reopen ? known() : [];
  tidy();
  return {
    former,
    save(terminals) {
      const next = wishes().reopen ? terminals : [];
      if (isDeepStrictEqual(settings.read().terminals, next)) return;
      try {
        settings.change({ terminals: [...next] });
        tidy();
      } catch (error) {
        // A terminal that is open is worth more than one that is remembered.
        log.warn('open terminals could not be saved', { error });
      }
    },
    readScreen: (id) =>
      keepsScreens() && existsSync(fileOf(id)) ? readFileSync(fileOf(id), 'utf8') : undefined,
    keepScreen(id, screen) {
      if (!keepsScreens() || !known().some((terminal) => terminal.id === id)) return;
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      writeFileSafely(fileOf(id), screen);
    },
    tidy,
  };
}
