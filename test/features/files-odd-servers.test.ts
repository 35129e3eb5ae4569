/** Files on servers that lack something, are full, are hostile, or never answer; and on a simulated guest. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import type { ArgsOf, CallName } from '../../preload/contract/index.ts';
import { isRoot } from '../support/account.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';
import { startTestGuest } from '../support/guest.ts';
import {
  announced,
  isEnded,
  receiveFile,
  serveUpload,
  transferWhen,
} from '../support/held-files.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { startOddSftp, startRawSftp, startWithoutSftp } from '../support/odd-sftp.ts';
import { createTempDir } from '../support/temp-dir.ts';

const { STATUS_CODE } = ssh2.utils.sftp;
const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const ruleOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error) => error.rule?.id ?? error.code,
  );

async function sshd(...config: string[]): Promise<FilesDesk> {
  const desk = await startFilesDesk({ config });
  stops.push(desk.stop);
  return desk;
}

interface Odd {
  readonly live: LiveCore;
  readonly instance: string;
  readonly folder: string;
  ask<Name extends Extract<CallName, `files.${string}`>>(
    name: Name,
    args: Omit<ArgsOf<Name>, 'instance'>,
    signal?: AbortSignal,
  ): Promise<string>;
}

async function enter(
  server: { readonly port: number; stop(): Promise<void> },
  { password = 'x', toPage = false } = {},
): Promise<Odd> {
  stops.push(server.stop);
  const local = createTempDir('downloads');
  stops.push(local.remove);
  const folder = mkdtempSync(join(local.path, 'inner-'));
  const live = await startLiveCore({
    answer: ({ question }) =>
      question.kind === 'host-key'
        ? { kind: 'trust' }
        : { kind: 'secret', secret: password, remember: false },
    platform: toPage ? {} : { chooseFolder: () => Promise.resolve(folder) },
  });
  stops.push(live.close);
  await live.client.call('vault.setUp', { mode: 'memory' });
  const instance = await live.addServer({
    port: server.port,
    user: 'root',
    login: { kind: 'password' },
  });
  return {
    live,
    instance,
    folder,
    ask: (name, args, signal) =>
      ruleOf(
        live.client.call(name, { ...args, instance } as unknown as ArgsOf<typeof name>, signal),
      ),
  };
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
    sftp.on('STAT', (id) => sftp.attrs(id, attributes(0o100644, size)));
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
    const desk = await sshd('MaxSessions 1');
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

it.runIf(isRoot)('a full disk is said, and a transfer goes on when there is room', async () => {
  const desk = await sshd();
  const small = join(desk.sshd.home, 'small');
  mkdirSync(small);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=777', 'none', small]);
  stops.push(() => void execFileSync('umount', ['-l', small]));
  writeFileSync(join(small, 'filler'), Buffer.alloc(3 * 1024 * 1024));
  const bytes = Buffer.alloc(3 * 1024 * 1024, 'bytes');
  const held = [{ path: 'large', bytes }];
  const { client } = desk.live;
  const items = announced(held);
  const { id } = await desk.call('files.upload', { directory: small, items, more: false });
  const served = serveUpload(client, id, held);
  const stopped = await transferWhen(client, id, ({ state }) => state === 'paused');
  expect(stopped.failure?.rule?.id).toBe('remote-disk-full');
  expect(
    await ruleOf(
      desk.call('files.write', { path: `${small}/text`, text: 'x'.repeat(99_999), version: null }),
    ),
  ).toBe('remote-disk-full');
  execFileSync('rm', [join(small, 'filler')]);
  await client.call('files.resume', { transfer: id });
  await served;
  expect((await transferWhen(client, id, isEnded)).state).toBe('done');
  expect(readFileSync(join(small, 'large')).equals(bytes)).toBe(true);
  expect(readdirSync(small)).toEqual(['large']);
});

it('a simulated guest has files like any other', async () => {
  const guest = await startTestGuest();
  stops.push(guest.stop);
  const { sshPort: port } = guest.guest;
  const { live, instance: there } = await enter(
    { port, stop: async () => {} },
    { password: guest.password, toPage: true },
  );
  const ask = live.client;
  const bytes = Buffer.alloc(400_000, 'guest');
  const held = [{ path: 'tree' }, { path: 'tree/file', bytes }];
  const { id } = await ask.call('files.upload', {
    instance: there,
    directory: '/root',
    items: announced(held),
    more: false,
  });
  await serveUpload(ask, id, held);
  expect(await transferWhen(ask, id, isEnded)).toMatchObject({ state: 'done', problems: [] });
  expect((await guest.run('wc -c < tree/file; ls -A tree')).output).toBe('400000\nfile\n');
  const path = '/root/tree/text';
  await ask.call('files.write', { instance: there, path, text: 'one\n', version: null });
  const { version } = await ask.call('files.read', { instance: there, path });
  await ask.call('files.write', { instance: there, path, text: 'two\n', version });
  await ask.call('files.setMode', { instance: there, path, mode: 0o600, recursive: false });
  await ask.call('files.rename', { instance: there, from: path, to: '/root/tree/文字' });
  await guest.run('ln -s tree/file link; ln -s nowhere dangling');
  const { entries } = await ask.call('files.list', { instance: there, path: '/root/tree' });
  expect(entries.map(({ name, mode, size }) => [name, mode, size])).toContainEqual([
    '文字',
    0o600,
    4,
  ]);
  const home = await ask.call('files.list', { instance: there, path: '' });
  expect(home.path).toBe('/root');
  expect(home.entries.find(({ name }) => name === 'link')?.link).toEqual({
    path: 'tree/file',
    kind: 'file',
  });
  const outcome = await ask.call('files.download', {
    instance: there,
    directory: '/root',
    names: ['link'],
  });
  if (outcome.kind !== 'to-page') throw new Error(outcome.kind);
  const [item] = await ask.call('files.items', { transfer: outcome.transfer.id });
  const received = await receiveFile(ask, outcome.transfer.id, item?.index ?? 0);
  expect(received.bytes.equals(bytes)).toBe(true);
  const removed = await ask.call('files.remove', {
    instance: there,
    paths: ['/root/tree', '/root/link', '/root/dangling'],
  });
  expect(removed).toEqual({ removed: 5 });
});
