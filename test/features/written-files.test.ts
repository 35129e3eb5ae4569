/** Whatever is written here is its owner's alone, in whatever directory and under whatever mask. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nextEvent, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

const temporary = createTempDir('written');
let sshd: Sshd;
beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(async () => {
  await sshd.stop();
  temporary.remove();
});

const others = 0o077;
const isOpenToOthers = (path: string) => (lstatSync(path).mode & others) !== 0;

/** A terminal with a log and a kept screen, secrets, a host key, and hosts for other programs: all there is to write. */
async function spendADay(dataDirectory: string): Promise<readonly string[]> {
  const live = await startLiveCore({
    dataDirectory,
    answer: trustHostKeys,
  });
  const { client } = live;
  await client.call('vault.setUp', { mode: 'master', password: 'a master password' });
  const instance = await live.addServer({
    name: 'box',
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
  const isOpen = nextEvent(client, 'terminals.changed', ({ changed }) =>
    changed.some(({ state }) => state === 'open'),
  );
  await client.call('settings.change', { terminal: { reopen: true, keepScreens: true } });
  const { id } = await client.call('terminals.open', { instance, columns: 80, rows: 24 });
  await isOpen;
  await client.call('terminals.setLog', { id, on: true });
  await client.call('terminals.keepScreen', { id, screen: 'what stood there' });
  await client.call('ssh.setIncludeFile', { on: true });
  const written = readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' });
  const open = written.filter((name) => isOpenToOthers(join(dataDirectory, name)));
  await live.close();
  expect(written).toEqual(
    expect.arrayContaining([
      ...['settings.json', 'vault.json', 'known_hosts', 'ssh_config', 'history.db', 'lock.db'],
      ...['published_known_hosts', 'logs/pilothouse.log', 'history.db-wal'],
      ...[expect.stringMatching(/^session-logs\/.+\.log$/), expect.stringMatching(/^screens\/.+/)],
    ]),
  );
  return open;
}

it('no file is anybody else’s to read', async () => {
  const mask = process.umask(0);
  try {
    const dataDirectory = join(temporary.path, 'data');
    mkdirSync(dataDirectory);
    expect(await spendADay(dataDirectory)).toEqual([]);
    // As one that an older version made, or a copy that lost its permissions.
    for (const name of ['history.db', 'lock.db']) chmodSync(join(dataDirectory, name), 0o644);
    const again = await startLiveCore({ dataDirectory });
    const open = readdirSync(dataDirectory).filter((name) =>
      isOpenToOthers(join(dataDirectory, name)),
    );
    expect(open).toEqual([]);
    await again.close();
  } finally {
    process.umask(mask);
  }
});

it('the directory itself is made for its owner only', async () => {
  const mask = process.umask(0);
  try {
    const dataDirectory = join(temporary.path, 'made/here');
    const live = await startLiveCore({ dataDirectory });
    expect(isOpenToOthers(dataDirectory)).toBe(false);
    await live.close();
  } finally {
    process.umask(mask);
  }
});
