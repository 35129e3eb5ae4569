/** The settings document: changed whole or not at all, and never overwritten when it cannot be read. */
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEvents } from '../../main/core/events.ts';
import { createNotices } from '../../main/core/notices.ts';
import { defaultPreferences, openSettings, type SavedTunnel } from '../../main/core/settings.ts';
import type { Platform, SettingsStore } from '../../main/platform/platform.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestPlatform } from '../support/test-platform.ts';

const temporary = createTempDir('settings');
afterAll(() => temporary.remove());

let directory = '';
let round = 0;
beforeEach(() => {
  round += 1;
  directory = join(temporary.path, String(round));
  mkdirSync(directory);
});

const file = () => join(directory, 'settings.json');
const aside = () => readdirSync(directory).filter((name) => name.includes('.damaged-'));

function open(lent: Partial<Platform> = {}) {
  const platform = createTestPlatform(directory, lent);
  const notices = createNotices(createEvents(), platform.clock);
  const settings = openSettings(platform, notices);
  return { settings, noticed: () => notices.list().map(({ text }) => text) };
}

const dark = { ...defaultPreferences, theme: 'dark' } as const;
const tunnel: SavedTunnel = {
  id: 't',
  kind: 'local',
  name: 'notebook',
  instance: 'servers/x',
  bindAddress: 'loopback',
  localPort: 8888,
  localHost: '',
  remoteHost: '127.0.0.1',
  remotePort: 8888,
  startsWithApp: false,
};

describe('settings', () => {
  it('begin with defaults, in a file only its owner reads', () => {
    const { settings, noticed } = open();
    expect(settings.read()).toMatchObject({
      version: 1,
      preferences: defaultPreferences,
      accounts: [],
      tunnels: [],
    });
    settings.change({ preferences: dark });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(noticed()).toEqual([]);
  });

  it('survive a restart, each part by itself', () => {
    const { settings } = open();
    settings.change({ preferences: dark });
    settings.change({ tunnels: [tunnel] });
    expect(open().settings.read()).toMatchObject({ preferences: dark, tunnels: [tunnel] });
  });

  it('take a tunnel as an earlier version wrote it', () => {
    open().settings.change({ preferences: dark });
    const document = JSON.parse(readFileSync(file(), 'utf8')) as object;
    const { id, instance, localPort, remoteHost, remotePort } = tunnel;
    const earlier = { id, instance, localPort, remoteHost, remotePort };
    writeFileSync(file(), JSON.stringify({ ...document, tunnels: [earlier] }));
    const { settings, noticed } = open();
    expect(settings.read()).toMatchObject({
      preferences: dark,
      tunnels: [{ ...tunnel, name: '' }],
    });
    expect(noticed()).toEqual([]);
  });

  it('refuse what does not fit, and stay as they were', () => {
    const { settings } = open();
    settings.change({ preferences: dark });
    expect(() => settings.change({ tunnels: [{ ...tunnel, localPort: 0.5 }] })).toThrow();
    expect(settings.read().tunnels).toEqual([]);
    expect(open().settings.read().preferences).toEqual(dark);
  });

  it.each(['ENOSPC', 'EDQUOT'])('stay as they were when the disk is full (%s)', (code) => {
    const store: SettingsStore = {
      read: () => ({}),
      write() {
        throw Object.assign(new Error(code), { code });
      },
    };
    const { settings } = open({ openSettings: () => store });
    let failure: unknown;
    try {
      settings.change({ preferences: dark });
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'quota', rule: { id: 'disk-full' } });
    expect(settings.read().preferences).toEqual(defaultPreferences);
  });
});

const damages: readonly (readonly [string, string])[] = [
  ['cut off', '{"version":1,"preferences":{"theme":"da'],
  ['empty', ''],
  ['not JSON', 'hello'],
  ['binary', '\u0000\u0001\u0002'],
  ['a list', '[1]'],
  ['of a wrong type', '{"accounts":"many"}'],
  ['with an unknown part', '{"surprise":1}'],
  ['with an unknown theme', JSON.stringify({ preferences: { ...dark, theme: 'pink' } })],
];

describe('a settings file that is', () => {
  it.each(damages)('%s is kept aside and said, and the defaults hold', (_what, text) => {
    writeFileSync(file(), text);
    const { settings, noticed } = open();
    expect(settings.read().preferences).toEqual(defaultPreferences);
    expect(aside()).toHaveLength(1);
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(text);
    expect(noticed()).toEqual([
      { id: 'settings-damaged', params: { file: join(directory, aside()[0] ?? '') } },
    ]);
    settings.change({ preferences: dark });
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(text);
    const again = open();
    expect([again.settings.read().preferences, again.noticed()]).toEqual([dark, []]);
  });

  it.each(damages)('%s is replaced by the newest whole backup', (_what, text) => {
    open().settings.change({ preferences: dark });
    open(); // a start keeps a backup
    writeFileSync(file(), text);
    const { settings, noticed } = open();
    expect(settings.read().preferences).toEqual(dark);
    expect(noticed()).toMatchObject([
      { id: 'settings-restored', params: { backup: 'settings.json.backup-1' } },
    ]);
    expect(readFileSync(join(directory, aside()[0] ?? ''), 'utf8')).toBe(text);
  });

  it('damaged with damaged backups is replaced by the first that is whole', () => {
    open().settings.change({ preferences: dark });
    copyFileSync(file(), `${file()}.backup-3`);
    writeFileSync(`${file()}.backup-1`, '{');
    writeFileSync(`${file()}.backup-2`, '');
    writeFileSync(file(), '{');
    const { settings, noticed } = open();
    expect(settings.read().preferences).toEqual(dark);
    expect(noticed()).toMatchObject([{ params: { backup: 'settings.json.backup-3' } }]);
  });

  it('damaged twice is kept aside twice', () => {
    let now = 1000;
    for (const text of ['{', '[']) {
      writeFileSync(file(), text);
      now += 1;
      open({ clock: { now: () => now, monotonic: () => now } });
    }
    expect(aside()).toHaveLength(2);
  });
});

it('three backups of what was different are kept, and starting again adds none', () => {
  for (const theme of ['dark', 'light', 'system', 'dark', 'light'] as const) {
    const { settings } = open();
    settings.change({ preferences: { ...defaultPreferences, theme } });
    open();
    open();
  }
  const backups = readdirSync(directory).filter((name) => name.includes('.backup-'));
  expect(backups.sort()).toEqual([1, 2, 3].map((number) => `settings.json.backup-${number}`));
  const themes = backups.map(
    (name) => JSON.parse(readFileSync(join(directory, name), 'utf8')).preferences.theme,
  );
  expect(themes).toEqual(['light', 'dark', 'system']);
});
