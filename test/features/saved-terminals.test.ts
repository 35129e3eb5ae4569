/** Saved terminals whose ids are not ours: settings are a file, and an id is a file's name here and a session's there. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Log } from '../../main/core/log.ts';
import type { SavedTerminal, Settings } from '../../main/core/settings.ts';
import { openSavedTerminals } from '../../main/features/ssh/saved-terminals.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('saved-terminals');
afterAll(() => directory.remove());

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };
const good = '01234567-89ab-cdef-0123-456789abcdef';
const bad = ['../../outside', '..', '', 'a/b', `${good}/..`, good.toUpperCase(), '$(reboot)'];
const terminal = (id: string): SavedTerminal => ({
  id,
  instance: 'servers/box',
  name: 'box',
  title: '',
  shell: 'plain',
});
const settings = {
  read: () => ({
    preferences: { terminal: { reopen: true, keepScreens: true } },
    terminals: [good, ...bad].map(terminal),
  }),
} as unknown as Settings;

it('they are not opened again, and no screen of theirs is read, kept or removed', () => {
  const data = join(directory.path, 'a/data');
  mkdirSync(data, { recursive: true });
  const outside = join(directory.path, 'a/outside.screen');
  writeFileSync(outside, 'of somebody else');
  const saved = openSavedTerminals(data, settings, log);
  expect(saved.former.map(({ id }) => id)).toEqual([good]);
  for (const id of [good, ...bad]) saved.keepScreen(id, 'a screen');
  saved.tidy();
  expect(readdirSync(join(data, 'screens'))).toEqual([`${good}.screen`]);
  expect(saved.readScreen(good)).toBe('a screen');
  expect(existsSync(outside)).toBe(true);
  expect(readdirSync(join(directory.path, 'a')).sort()).toEqual(['data', 'outside.screen']);
});
