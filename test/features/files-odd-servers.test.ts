/** Files on servers that lack something, are hostile, or never answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { startFilesDesk } from '../support/files-desk.ts';
import { announced, isEnded, serveUpload, transferWhen } from '../support/held-files.ts';
import { type OddDesk, startOddDesk } from '../support/odd-desk.ts';
import { type OddSftp, startOddSftp, startRawSftp, startWithoutSftp } from '../support/odd-sftp.ts';

const { STATUS_CODE } = ssh2.utils.sftp;
const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function enter(server: OddSftp): Promise<OddDesk> {
  stops.push(server.stop);
  const desk = await startOddDesk(server.port);
  stops.push(desk.stop);
  return desk;
}

const attributes = (mode: number, size = 5): Attributes => ({
  mode,
  size,
  uid: 0,
  gid: 0,
  atime: 0,
  mtime: 0,
});
const handle = Buffer.from('handle');

/** One directory whose entries have the names, and where every file is there. */
function serveNames(names: readonly string[], size = 5) {
  return (sftp: SFTPWrapper) => {
    let isRead = false;
    sftp.on('REALPATH', (id, path) =>
      sftp.name(id, [
        { filename: path === '.' ? '/home' : path, longname: '', attrs: attributes(0) },
      ]),
    );
    sftp.on('LSTAT', (id) => sftp.attrs(id, attributes(0o040755)));
    sftp.on('FSTAT', (id) => sftp.attrs(id, attributes(0o100644, size)));
    sftp.on('STAT', (id, path) => {
      const mode = path === '/home/tree' ? 0o040755 : 0o100644;
      sftp.attrs(id, attributes(mode, size));
    });
    sftp.on('OPENDIR', (id) => {
      isRead = false;
      sftp.handle(id, handle);
    });
    sftp.on('READDIR', (id) => {
      if (isRead) return sftp.status(id, STATUS_CODE.EOF);
      isRead = true;
      const entry = (filename: string) => ({
        filename,
        longname: '',
        attrs: attributes(0o100644, size),
      });
      return sftp.name(id, names.map(entry));
    });
    sftp.on('OPEN', (id) => sftp.handle(id, handle));
    sftp.on('READ', (id) => sftp.data(id, Buffer.from('12345')));
    sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
  };
}

describe('a server', () => {
  it('without SFTP is said to be one', async () => {
    const none = await enter(await startWithoutSftp());
    expect(await none.ask('files.list', { path: '' })).toBe('no-sftp');
    const { id } = await none.live.client.call('files.upload', {
      instance: none.instance,
      directory: '',
      items: announced([{ path: 'x', bytes: Buffer.from('x') }]),
      more: false,
    });
    const failed = await transferWhen(none.live.client, id, isEnded);
    expect(failed).toMatchObject({ state: 'failed', failure: { rule: { id: 'no-sftp' } } });
    const missing = await enter(
      await startRawSftp((channel) => {
        channel.exit(127);
        channel.end();
      }),
    );
    expect(await missing.ask('files.list', { path: '' })).toBe('no-sftp');
  });

  it('that takes one session only is used over one channel', async () => {
    const desk = await startFilesDesk({ config: ['MaxSessions 1'] });
    stops.push(desk.stop);
    const bytes = Buffer.alloc(12 * 1024 * 1024, 'one');
    const held = [{ path: 'large', bytes }];
    const items = announced(held);
    const { id } = await desk.call('files.upload', { directory: '', items, more: false });
    await serveUpload(desk.live.client, id, held);
    expect((await transferWhen(desk.live.client, id, isEnded)).state).toBe('done');
    expect(readFileSync(join(desk.sshd.home, 'large')).equals(bytes)).toBe(true);
    expect((await desk.call('files.list', { path: '' })).entries.length).toBeGreaterThan(0);
  });

  it('whose start-up files print text is told apart', async () => {
    const odd = await enter(
      await startRawSftp((channel) => channel.write('Welcome to the machine, user!\n')),
    );
    expect(await odd.ask('files.list', { path: '' })).toBe('sftp-noise');
  });

  it('that never answers can be given up', async () => {
    const odd = await enter(await startOddSftp((sftp) => sftp.on('REALPATH', () => {})));
    const giveUp = new AbortController();
    const asked = odd.ask('files.list', { path: '' }, giveUp.signal);
    setTimeout(() => giveUp.abort(), 300);
    expect(await asked).toBe('cancelled');
  });

  it('that answers more than it was asked, or nonsense, loses its channel and nothing else', async () => {
    const odd = await enter(
      await startOddSftp((sftp) => {
        serveNames(['file'])(sftp);
        sftp.removeAllListeners('READ');
        sftp.on('READ', (id) => sftp.data(id, Buffer.alloc(200_000)));
        sftp.removeAllListeners('STAT');
        sftp.on('STAT', (id) => sftp.attrs(id, attributes(0o100644, 10)));
        sftp.on('MKDIR', (id) => sftp.handle(id, handle));
        sftp.removeAllListeners('LSTAT');
        sftp.on('LSTAT', (id) => sftp.status(id, STATUS_CODE.NO_SUCH_FILE));
      }),
    );
    expect(await odd.ask('files.read', { path: '/home/file' })).toBe('sftp-broken');
    expect(await odd.ask('files.makeDirectory', { path: '/home/new' })).toBe('sftp-broken');
    expect(await odd.ask('files.list', { path: '' })).toBe('done');
  });
});

it('a directory of empty pages without end ends, and an end is no word that something is done', async () => {
  const odd = await enter(
    await startOddSftp((sftp) => {
      serveNames([])(sftp);
      sftp.removeAllListeners('READDIR');
      sftp.on('READDIR', (id) => sftp.name(id, []));
      sftp.removeAllListeners('LSTAT');
      sftp.on('LSTAT', (id) => sftp.status(id, STATUS_CODE.NO_SUCH_FILE));
      sftp.on('MKDIR', (id) => sftp.status(id, STATUS_CODE.EOF));
    }),
  );
  expect(await odd.ask('files.list', { path: '' })).toBe('done');
  expect(await odd.ask('files.makeDirectory', { path: '/home/new' })).toBe('file-refused');
});

it('an upload is whole where the server sets no times, and where the old file is out of the way already', async () => {
  const renamed: string[] = [];
  const odd = await enter(
    await startOddSftp((sftp) => {
      serveNames(['file'])(sftp);
      for (const name of ['WRITE', 'REMOVE'] as const)
        sftp.on(name, (id: number) => sftp.status(id, STATUS_CODE.OK));
      for (const name of ['FSETSTAT', 'SETSTAT'] as const)
        sftp.on(name, (id: number) => sftp.status(id, STATUS_CODE.OP_UNSUPPORTED));
      sftp.on('RENAME', (id, from, to) => {
        if (from === '/home/file') return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
        renamed.push(to);
        return sftp.status(id, STATUS_CODE.OK);
      });
    }),
  );
  const held = [{ path: 'file', bytes: Buffer.from('12345') }];
  const { client } = odd.live;
  const { id } = await client.call('files.upload', {
    instance: odd.instance,
    directory: '',
    items: announced(held),
    more: false,
  });
  await transferWhen(client, id, ({ state }) => state === 'conflict');
  await client.call('files.resolve', {
    transfer: id,
    path: '/home/file',
    choice: 'overwrite',
    forAll: true,
  });
  await serveUpload(client, id, held, { loops: 1 });
  const ended = await transferWhen(client, id, isEnded);
  expect(ended).toMatchObject({ state: 'done', itemsDone: 1, problems: [] });
  expect(renamed).toEqual(['/home/file']);
});

it('an upload whose first answer was lost with the channel begins again', async () => {
  const parts = new Set<string>();
  let opened = 0;
  const odd = await enter(
    await startOddSftp((sftp) => {
      serveNames([])(sftp);
      sftp.removeAllListeners('OPEN');
      sftp.on('OPEN', (id, path) => {
        opened += 1;
        if (parts.has(path)) return sftp.status(id, STATUS_CODE.FAILURE);
        parts.add(path);
        return opened === 1 ? sftp.end() : sftp.handle(id, handle);
      });
      sftp.on('REMOVE', (id, path) => {
        sftp.status(id, parts.delete(path) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
      });
      for (const name of ['WRITE', 'FSETSTAT', 'RENAME'] as const) {
        sftp.on(name, (id: number) => sftp.status(id, STATUS_CODE.OK));
      }
    }),
  );
  const held = [{ path: 'file', bytes: Buffer.from('12345') }];
  const { client } = odd.live;
  const { id } = await client.call('files.upload', {
    instance: odd.instance,
    directory: '',
    items: announced(held),
    more: false,
  });
  await serveUpload(client, id, held, { loops: 1 });
  const ended = await transferWhen(client, id, isEnded);
  expect(ended).toMatchObject({ state: 'done', itemsDone: 1, problems: [] });
  expect(opened).toBe(2);
});

it('an upload whose last answer was lost with the channel is done, not begun again', async () => {
  const size = 5;
  let isRenamed = false;
  let opened = 0;
  const odd = await enter(
    await startOddSftp((sftp) => {
      serveNames([])(sftp);
      sftp.removeAllListeners('LSTAT');
      sftp.on('LSTAT', (id, path) => {
        const isThere = path.endsWith('.part') ? !isRenamed : isRenamed;
        if (!isThere) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
        return sftp.attrs(id, { ...attributes(0o100644, size), mtime: 1_767_323_045 });
      });
      sftp.on('OPEN', () => {
        opened += 1;
      });
      for (const name of ['WRITE', 'FSETSTAT'] as const) {
        sftp.on(name, (id: number) => sftp.status(id, STATUS_CODE.OK));
      }
      sftp.on('RENAME', () => {
        isRenamed = true;
        sftp.end();
      });
    }),
  );
  const held = [{ path: 'file', bytes: Buffer.from('12345') }];
  const { client } = odd.live;
  const { id } = await client.call('files.upload', {
    instance: odd.instance,
    directory: '',
    items: announced(held),
    more: false,
  });
  await serveUpload(client, id, held, { loops: 1 });
  expect(await transferWhen(client, id, isEnded)).toMatchObject({
    state: 'done',
    itemsDone: 1,
    problems: [],
  });
  expect({ isRenamed, opened }).toEqual({ isRenamed: true, opened: 1 });
});

describe('names that are none', () => {
  const hostile = ['..', '../evil', '/etc/evil', 'a/b', '', 'nul\0byte', 'fine'];

  it('are shown and cannot be touched', async () => {
    const odd = await enter(await startOddSftp(serveNames(hostile)));
    const { entries } = await odd.live.client.call('files.list', {
      instance: odd.instance,
      path: '',
    });
    const untouchable = entries.filter(({ unreachable }) => unreachable).map(({ name }) => name);
    expect(untouchable).toEqual(['../evil', '/etc/evil', 'a/b', '', 'nul\0byte']);
    expect(await odd.ask('files.remove', { paths: ['/home/tree'] })).toBe('file-name-hostile');
    const mode = { path: '/home/tree', mode: 0o500, recursive: true };
    expect(await odd.ask('files.setMode', mode)).toBe('file-name-hostile');
  });

  it('never lead a download out of its folder', async () => {
    const odd = await enter(await startOddSftp(serveNames(hostile)));
    const outcome = await odd.live.client.call('files.download', {
      instance: odd.instance,
      directory: '',
      names: ['tree', '..', '../x'],
    });
    if (outcome.kind !== 'to-disk') throw new Error(outcome.kind);
    const done = await transferWhen(odd.live.client, outcome.transfer.id, isEnded);
    expect(done.problems.map(({ failure }) => failure.rule?.id)).toEqual(
      Array.from({ length: 7 }, () => 'file-name-hostile'),
    );
    expect(readdirSync(odd.folder)).toEqual(['tree']);
    expect(readdirSync(join(odd.folder, 'tree'))).toEqual(['fine']);
    expect(readdirSync(dirname(odd.folder))).toHaveLength(1);
  });
});
