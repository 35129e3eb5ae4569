/** A page that has been taken over: every call about SSH, tunnels, terminals and files with ids and paths of nobody's is refused in words, and is no bug. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudError } from '../../preload/contract/errors.ts';
import { contract } from '../../preload/contract/index.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';

let sshd: Sshd;
let live: LiveCore;
let instance = '';
beforeAll(async () => {
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
});
afterAll(async () => {
  await live.close();
  await sshd.stop();
});

const strangeNames = [
  '',
  '/',
  '../../etc/passwd',
  '..',
  'servers/../servers',
  '__proto__',
  'constructor',
  'toString',
  'a\0b',
  'a\nb',
  '\ud800',
  '$(reboot)',
  '*',
  'x'.repeat(64),
];

const size = { columns: 80, rows: 24 };
const at = new Date(0).toISOString();
const item = { path: 'a', kind: 'file', size: 1, modifiedAt: at } as const;
const options = {
  keepaliveSeconds: null,
  shareConnection: true,
  jumps: null,
  forwardAgent: false,
  shell: 'plain',
  clipboardWrite: 'ask',
} as const;

/** Calls that name something, each by the argument that names it. */
const naming: Readonly<Record<string, (id: string) => object>> = {
  'terminals.open': (id) => ({ instance: id, ...size }),
  'terminals.attach': (id) => ({ id, from: -1 }),
  'terminals.resize': (id) => ({ id, ...size }),
  'terminals.reconnect': (id) => ({ id, ...size }),
  'terminals.rename': (id) => ({ id, title: 'x' }),
  'terminals.setLog': (id) => ({ id, on: true }),
  'terminals.keepScreen': (id) => ({ id, screen: 'x' }),
  'terminals.shellSessions': (id) => ({ instance: id }),
  'terminals.endShellSession': (id) => ({ instance: id, session: { program: 'tmux', name: 'x' } }),
  'terminals.close': (id) => ({ id }),
  'tunnels.open': (id) => ({ instance: id, remotePort: 80 }),
  'tunnels.change': (id) => ({ id, name: 'x' }),
  'tunnels.start': (id) => ({ id }),
  'tunnels.stop': (id) => ({ id }),
  'tunnels.remove': (id) => ({ id }),
  'tunnels.openJupyter': (id) => ({ instance: id }),
  'files.list': (id) => ({ instance: id, path: '' }),
  'files.makeDirectory': (id) => ({ instance: id, path: '/x' }),
  'files.rename': (id) => ({ instance: id, from: '/x', to: '/y' }),
  'files.remove': (id) => ({ instance: id, paths: ['/x'] }),
  'files.setMode': (id) => ({ instance: id, path: '/x', mode: 0o600, recursive: false }),
  'files.read': (id) => ({ instance: id, path: '/x' }),
  'files.write': (id) => ({ instance: id, path: '/x', text: '', version: null }),
  'files.upload': (id) => ({ instance: id, directory: '', items: [item], more: true }),
  'files.announce': (id) => ({ transfer: id, items: [item], more: false }),
  'files.nextToSend': (id) => ({ transfer: id }),
  'files.sendFile': (id) => ({ transfer: id, index: 0, from: 0 }),
  'files.download': (id) => ({ instance: id, directory: '', names: ['x'] }),
  'files.items': (id) => ({ transfer: id }),
  'files.receiveFile': (id) => ({ transfer: id, index: 0, from: 0 }),
  'files.attend': (id) => ({ transfer: id }),
  'files.received': (id) => ({ transfer: id }),
  'files.pause': (id) => ({ transfer: id }),
  'files.resume': (id) => ({ transfer: id }),
  'files.cancel': (id) => ({ transfer: id }),
  'files.resolve': (id) => ({ transfer: id, path: 'x', choice: 'skip', forAll: true }),
  'files.dismiss': (id) => ({ transfer: id }),
  'ssh.installKey': (id) => ({ instance: id, keyName: 'id_ed25519' }),
  'ssh.options': (id) => ({ instance: id }),
  'ssh.setOptions': (id) => ({ instance: id, options }),
  'ssh.outside': (id) => ({ instance: id }),
  'prompts.answer': (id) => ({ id, answer: { kind: 'trust' } }),
};
/** They name nothing of anybody's, or are right to do nothing where there is nothing. */
const others = [
  ...[
    'terminals.answer',
    'terminals.list',
    'tunnels.list',
    'tunnels.reconnectAll',
    'files.transfers',
    'prompts.list',
  ],
  ...['ssh.parseCommands', 'ssh.localKeys', 'ssh.createKey', 'ssh.forgetProxyConsent'],
  ...['ssh.configHosts', 'ssh.includeFile', 'ssh.setIncludeFile'],
];

/** How a call ends: its failure's code, or `done`. */
const outcome = (name: string, args: object): Promise<string> => {
  const { client } = live;
  const asked =
    kindOf(name) === 'stream'
      ? client.stream(name as 'terminals.attach', args as never).opened
      : client.call(name as 'terminals.close', args as never);
  return Promise.resolve(asked).then(
    () => 'done',
    (error: CloudError) => error.code,
  );
};

const subjects = ['terminals', 'tunnels', 'files', 'ssh', 'prompts'] as const;
const asked = subjects.flatMap((subject) =>
  Object.entries(contract[subject]).flatMap(([name, { kind }]) =>
    kind === 'event' ? [] : [{ name: `${subject}.${name}`, kind }],
  ),
);
const kindOf = (name: string) => asked.find((entry) => entry.name === name)?.kind;

it('every call of these subjects is looked at here', () => {
  expect(Object.keys(naming).concat(others).sort()).toEqual(asked.map(({ name }) => name).sort());
});

describe('what is nobody’s is refused by', () => {
  it.each(Object.keys(naming))('%s', async (name) => {
    for (const id of strangeNames) {
      const args = naming[name]?.(id) ?? {};
      expect([id, await outcome(name, args)]).toEqual([
        id,
        expect.stringMatching(/^(invalid|not-found)$/),
      ]);
    }
  });
});

describe('a path that no file has is refused by', () => {
  const calls: Readonly<Record<string, (path: string) => object>> = {
    'files.list': (path) => ({ instance, path }),
    'files.makeDirectory': (path) => ({ instance, path }),
    'files.rename': (path) => ({ instance, from: path, to: '/x' }),
    'files.setMode': (path) => ({ instance, path, mode: 0o600, recursive: true }),
    'files.read': (path) => ({ instance, path }),
    'files.write': (path) => ({ instance, path, text: 'x', version: null }),
    'files.remove': (path) => ({ instance, paths: [path] }),
  };
  it.each(Object.keys(calls))('%s', async (name) => {
    for (const path of ['/a\0b', '\0', '/no such/\0', `/${'x'.repeat(4096)}`]) {
      expect(await outcome(name, calls[name]?.(path) ?? {})).toBe('invalid');
    }
    // What follows is served as before.
    expect(await outcome(name, calls[name]?.('/no/such/place') ?? {})).toBe('not-found');
  });

  it.each(['../x', '/etc/x', 'a/../../x', 'a\0b', './x', 'a//b'])(
    'an upload of %j',
    async (path) => {
      const items = [{ ...item, path }];
      expect(await outcome('files.upload', { instance, directory: '', items, more: false })).toBe(
        'invalid',
      );
    },
  );

  it.each(['a\0b', ''])('a download of %j', async (name) => {
    const args = { instance, directory: '', names: [name] };
    expect(await outcome('files.download', args)).toBe('invalid');
  });
});
