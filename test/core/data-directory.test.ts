/** What lies in the data directory when another copy, a newer version or a crash was there before. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEvents } from '../../main/core/events.ts';
import { openHistory } from '../../main/core/history.ts';
import { lockDataDirectory } from '../../main/core/lock.ts';
import { createNotices } from '../../main/core/notices.ts';
import { startChild } from '../support/child.ts';
import { startLiveCore } from '../support/live-core.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestClock } from '../support/test-platform.ts';

const temporary = createTempDir('data-directory');
afterAll(() => temporary.remove());

let directory = '';
let round = 0;
beforeEach(() => {
  round += 1;
  directory = join(temporary.path, String(round));
  mkdirSync(directory);
});

const inUse = { code: 'conflict', rule: { id: 'data-directory-in-use' } };

describe('a data directory', () => {
  it('is for one copy at a time, and free again when that one has closed', async () => {
    const first = await startLiveCore({ dataDirectory: directory });
    await expect(startLiveCore({ dataDirectory: directory })).rejects.toMatchObject({
      ...inUse,
      rule: { params: { directory } },
    });
    await first.close();
    const second = await startLiveCore({ dataDirectory: directory });
    await second.close();
  });

  it('is free again when the other copy was killed', async () => {
    const holding = `
      const Database = require('libsql');
      const database = new Database(process.argv[1]);
      database.exec('BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => database.open, 1000);
    `;
    lockDataDirectory(directory)();
    const file = join(directory, 'lock.db');
    const other = startChild(process.execPath, ['-e', holding, file], {
      cwd: resolve(import.meta.dirname, '../..'),
    });
    await other.waitFor(/held/);
    expect(() => lockDataDirectory(directory)).toThrow('another copy');
    other.signal('SIGKILL');
    await other.ended;
    lockDataDirectory(directory)();
  });

  it('that cannot be made is said to be so', () => {
    writeFileSync(join(directory, 'file'), '');
    let failure: unknown;
    try {
      lockDataDirectory(join(directory, 'file', 'data'));
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'forbidden', rule: { id: 'not-writable' } });
  });
});

describe('the history', () => {
  const file = () => join(directory, 'history.db');
  const aside = () =>
    readdirSync(directory).filter((name) => /\.damaged-\d+$/.test(name)) as readonly string[];

  function open() {
    const notices = createNotices(createEvents(), createTestClock());
    const history = openHistory(directory, createTestClock(), notices);
    return { history, noticed: () => notices.list().map(({ text }) => text) };
  }
  const count = (history: Database.Database) =>
    (history.prepare('SELECT count(*) AS rows FROM samples').get() as { rows: number }).rows;

  function fill(rows: number): void {
    const { history } = open();
    const insert = history.prepare('INSERT INTO samples VALUES (?, ?, ?)');
    for (let row = 0; row < rows; row += 1) insert.run('servers/x', row, 'x'.repeat(500));
    history.pragma('wal_checkpoint(TRUNCATE)'); // or the journal alone would mend what follows
    history.close();
  }

  it('keeps what was written, after a restart', () => {
    fill(3);
    const { history, noticed } = open();
    expect([count(history), noticed()]).toEqual([3, []]);
    history.close();
  });

  it.each<[string, (whole: Buffer) => Buffer]>([
    ['noise', (whole) => Buffer.alloc(whole.length, 0xa5)],
    ['another kind of file', () => Buffer.from('hello, this is no database at all\n'.repeat(50))],
    ['cut off', (whole) => whole.subarray(0, 8192 + 100)],
    [
      'damaged inside',
      (whole) => {
        const damaged = Buffer.from(whole);
        damaged.fill(0xff, 4096, whole.length - 4096);
        return damaged;
      },
    ],
  ])('that is %s is kept aside byte for byte and said, and a new one begins', (_what, damage) => {
    fill(100);
    const damaged = damage(readFileSync(file()));
    writeFileSync(file(), damaged);
    const { history, noticed } = open();
    expect(count(history)).toBe(0);
    history.prepare('INSERT INTO samples VALUES (?, ?, ?)').run('servers/x', 1, '{}');
    history.close();
    const [kept = ''] = aside();
    expect(readFileSync(join(directory, kept)).equals(damaged)).toBe(true);
    expect(noticed()).toEqual([{ id: 'history-damaged', params: { file: join(directory, kept) } }]);
  });

  it('of a newer version is refused and left untouched', async () => {
    fill(3);
    const database = new Database(file());
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(file());
    expect(open).toThrow('data-from-newer-version');
    await expect(startLiveCore({ dataDirectory: directory })).rejects.toMatchObject({
      code: 'conflict',
      rule: { id: 'data-from-newer-version' },
    });
    expect(readFileSync(file()).equals(before)).toBe(true);
    expect(aside()).toEqual([]);
    // A start that failed must not hold the directory.
    lockDataDirectory(directory)();
  });
});

it('with everything in it damaged, the application starts and says each', async () => {
  for (const name of ['settings.json', 'vault.json', 'history.db', 'known_hosts']) {
    writeFileSync(join(directory, name), 'damaged '.repeat(1000));
  }
  const live = await startLiveCore({ dataDirectory: directory });
  const notices = await live.client.call('app.notices', {});
  expect(notices.map(({ text }) => text.id).sort()).toEqual([
    'history-damaged',
    'settings-damaged',
    'vault-damaged',
  ]);
  await live.addServer({ port: 22, user: 'root' });
  await live.client.call('app.dismissNotice', { id: notices[0]?.id ?? '' });
  expect(await live.client.call('app.notices', {})).toHaveLength(2);
  await live.close();
});
