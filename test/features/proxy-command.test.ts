/** Proxy commands of OpenSSH's configuration: shown, run only once allowed, without a shell, and gone with their connection. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dialWay } from '../../main/features/ssh/dial-way.ts';
import { parseProxyCommand } from '../../main/features/ssh/proxy-command.ts';
import { startProxyCommand } from '../../main/platform/node/start-proxy-command.ts';
import type { Prompt, PromptAnswer, PromptOwner } from '../../preload/contract/prompts.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { createConnectParts, requestFor } from '../support/connect-parts.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';

describe('a command', () => {
  it.each<[string, readonly string[]]>([
    ['nc -X 5 -x proxy:1080 box 22', ['nc', '-X', '5', '-x', 'proxy:1080', 'box', '22']],
    [
      'exec cloudflared access ssh --hostname box',
      ['cloudflared', 'access', 'ssh', '--hostname', 'box'],
    ],
    ["sh -c 'a | b'", ['sh', '-c', 'a | b']],
    ['"/opt/my tools/via" box', ['/opt/my tools/via', 'box']],
    ['~/bin/via ~/key', ['/home/ada/bin/via', '/home/ada/key']],
  ])('is split into words as it stands: %s', (command, words) => {
    expect(parseProxyCommand(command, '/home/ada')).toEqual(words);
  });

  it.each([
    'nc box 22 | tee log',
    'nc box 22; rm -rf x',
    'nc $HOST 22',
    'nc `host` 22',
    'nc "$(host)" 22',
    'nc box 22 > log',
    'nc box 22 &',
    'ls *',
    'nc box\n22',
  ])('that only a shell would understand is refused: %s', (command) => {
    expect(() => parseProxyCommand(command, '/home/ada')).toThrow(
      expect.objectContaining({ rule: expect.objectContaining({ id: 'proxy-command-shell' }) }),
    );
  });

  it.each(['nc bo\u202ex 22', 'nc "bo\u0000x" 22', "nc 'bo\u200bx' 22", "nc 'box\n22'"])(
    'that shows as another is refused: %j',
    (command) => {
      expect(() => parseProxyCommand(command, '/home/ada')).toThrow(/proxy-command-invisible/);
    },
  );

  it('that is empty is refused', () => {
    expect(() => parseProxyCommand('exec ', '/home/ada')).toThrow(/proxy-command-empty/);
  });
});

it('a program that does not end when it is asked to is ended', async () => {
  const deaf = "process.on('SIGTERM', () => {}); console.log('there'); setInterval(() => {}, 999);";
  const stream = startProxyCommand(process.execPath, ['-e', deaf]);
  const { pid } = (stream as unknown as { child: { pid: number } }).child;
  await once(stream, 'data');
  stream.destroy();
  const isThere = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isThere).toBe(false);
});

it('a command that was not allowed is not run when nobody may be asked', async () => {
  const parts = await createConnectParts();
  const { access, ...request } = requestFor({ port: 22, user: 'ada' }, { interactive: false });
  const dial = {
    connect: parts.connectParts,
    proxyConsents: { isAllowed: () => false, allow: () => {}, forget: () => {} },
    startProxyCommand: () => {
      throw new Error('it was run');
    },
    connectionTo: () => {
      throw new Error('no hop');
    },
  };
  const proxy = { command: 'nc box 22', instance: 'test/box' };
  const way = { access, proxy, keepaliveSeconds: 15, forwardAgent: false };
  await expect(dialWay(dial, way, request)).rejects.toMatchObject({
    rule: { id: 'ssh-needs-answer' },
  });
  parts.remove();
});

it('a command is asked about for the place it is to reach, whatever the list still shows', async () => {
  const parts = await createConnectParts();
  const { access, owner, ...request } = requestFor({ port: 2200, user: 'ada' });
  const owners: PromptOwner[] = [];
  const prompts = {
    ask: async (asking: PromptOwner) => {
      owners.push(asking);
      return { kind: 'cancel' } as const;
    },
  };
  const dial = {
    connect: { ...parts.connectParts, prompts },
    proxyConsents: { isAllowed: () => false, allow: () => {}, forget: () => {} },
    startProxyCommand,
    connectionTo: () => {
      throw new Error('no hop');
    },
  };
  const proxy = { command: 'nc box 2200', instance: 'test/box' };
  const way = { access, proxy, keepaliveSeconds: 15, forwardAgent: false };
  const stale = { ...request, owner: { ...owner, address: 'formerly.example:22' } };
  await expect(dialWay(dial, way, stale)).rejects.toMatchObject({ code: 'cancelled' });
  expect(owners).toMatchObject([{ name: 'box', address: '127.0.0.1:2200' }]);
  parts.remove();
});

describe('a host behind a proxy command', () => {
  const directory = createTempDir('proxy-command');
  const script = join(directory.path, 'via.mjs');
  const ranFile = join(directory.path, 'ran');
  let sshd: Sshd;
  let live: LiveCore;
  let instance: string;
  let answer: (prompt: Prompt) => PromptAnswer | undefined;
  const started: { readonly pid: number }[] = [];

  beforeAll(async () => {
    sshd = await startSshd();
    writeFileSync(
      script,
      `import { connect } from 'node:net';
       import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(ranFile)}, 'ran\\n');
       if (process.argv[3] === 'fail') { console.error('no way\\u001b[31m there'); process.exit(3); }
       const socket = connect(Number(process.argv[2]), '127.0.0.1');
       process.stdin.pipe(socket).pipe(process.stdout);`,
    );
    live = await startLiveCore({
      answer: (prompt) => answer(prompt),
      platform: {
        startProxyCommand(file, args) {
          const stream = startProxyCommand(file, args);
          started.push({ pid: (stream as unknown as { child: { pid: number } }).child.pid });
          return stream;
        },
      },
    });
    await live.client.call('vault.setUp', { mode: 'memory' });
  });

  afterAll(async () => {
    await live.close();
    await sshd.stop();
    directory.remove();
  });

  const configure = (proxyCommand: string) =>
    writeFileSync(
      join(live.homeDirectory, '.ssh/config'),
      `Host boxed
         HostName 127.0.0.1
         Port ${sshd.port}
         User ${sshd.user}
         IdentityFile ${sshd.privateKeyFile}
         ProxyCommand ${proxyCommand}\n`,
    );
  const via = (...more: string[]) => [process.execPath, script, sshd.port, ...more].join(' ');
  const allowing = ({ question }: Prompt): PromptAnswer | undefined => {
    if (question.kind === 'host-key') return { kind: 'trust' };
    return question.kind === 'proxy-command' ? { kind: 'allow' } : undefined;
  };
  const asked = () =>
    live.prompts.flatMap(({ question }) =>
      question.kind === 'proxy-command' ? [question.command] : [],
    );

  beforeEach(async () => {
    configure(via());
    const place = { host: '127.0.0.1', port: sshd.port, user: sshd.user };
    instance = await live.addServer({ ...place, configAlias: 'boxed' });
    await expect.poll(proxyCommand).toBe(via());
  });
  afterEach(async () => {
    for (const { id } of (await live.client.call('terminals.list', {})).items) {
      await live.client.call('terminals.close', { id });
    }
    const remove = { account: 'servers', action: 'remove-server', input: {} };
    await live.client.call('actions.run', { ...remove, instance });
  });

  async function openTerminal(): Promise<Terminal> {
    const size = { columns: 80, rows: 24 };
    const { id } = await live.client.call('terminals.open', { instance, ...size });
    const find = async () =>
      (await live.client.call('terminals.list', {})).items.find((terminal) => terminal.id === id);
    await expect.poll(async () => (await find())?.state).not.toBe('connecting');
    return (await find()) as Terminal;
  }
  const allowed = async () =>
    (await live.client.call('ssh.options', { instance })).proxyCommand?.allowed;
  const proxyCommand = async () =>
    (await live.client.call('ssh.options', { instance })).proxyCommand?.command;
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('is not run when the person says no: nothing was started', async () => {
    answer = () => ({ kind: 'cancel' });
    const before = started.length;
    expect((await openTerminal()).failure?.rule?.id).toBe('proxy-command-refused');
    expect([started.length, await allowed()]).toEqual([before, false]);
  });

  it('is run once allowed, the host key verified all the same; asked about no second time', async () => {
    answer = allowing;
    const before = asked().length;
    expect(await openTerminal()).toMatchObject({ state: 'open' });
    expect(asked().slice(before)).toEqual([via()]);
    expect(live.prompts.at(-1)?.question.kind).toBe('host-key');
    expect(await allowed()).toBe(true);
    const { pid } = started.at(-1) ?? { pid: 0 };
    expect(isAlive(pid)).toBe(true);
    sshd.dropSessions();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(await openTerminal()).toMatchObject({ state: 'open' });
    expect(asked()).toHaveLength(before + 1);
  });

  it('is asked about again when it is another command, or the consent was taken back', async () => {
    answer = allowing;
    expect(await openTerminal()).toMatchObject({ state: 'open' });
    configure(via('other'));
    await expect.poll(proxyCommand).toBe(via('other'));
    expect(await allowed()).toBe(false);
    answer = () => ({ kind: 'cancel' });
    expect((await openTerminal()).failure?.rule?.id).toBe('proxy-command-refused');
    answer = allowing;
    expect(await openTerminal()).toMatchObject({ state: 'open' });
    await live.client.call('ssh.forgetProxyConsent', { instance });
    expect(await allowed()).toBe(false);
  });

  it('is not told where options of the operator lead another way', async () => {
    const { options } = await live.client.call('ssh.options', { instance });
    await live.client.call('ssh.setOptions', { instance, options: { ...options, jumps: [] } });
    expect(await proxyCommand()).toBeUndefined();
    answer = allowing;
    const before = started.length;
    expect(await openTerminal()).toMatchObject({ state: 'open' });
    expect(started).toHaveLength(before);
  });

  it('is not tried again by a tunnel after a no: that waits for a person', async () => {
    answer = () => ({ kind: 'cancel' });
    const outcome = await live.client.call('tunnels.open', { instance, remotePort: sshd.port });
    if (outcome.kind !== 'opened') throw new Error(outcome.kind);
    const { id } = outcome.tunnel;
    const state = async () =>
      (await live.client.call('tunnels.list', {})).items.find((tunnel) => tunnel.id === id)?.state;
    await expect.poll(state).toBe('needs-user');
    await live.client.call('tunnels.remove', { id });
  });

  it('that ends at once is told with its status and its words, without what could disguise them', async () => {
    answer = allowing;
    configure(via('fail'));
    await expect.poll(proxyCommand).toBe(via('fail'));
    expect((await openTerminal()).failure).toMatchObject({
      code: 'network',
      rule: { id: 'proxy-command-ended', params: { status: 3, said: 'no way [31m there' } },
    });
  });

  it('that only a shell would understand is refused, and nobody is asked about it', async () => {
    answer = allowing;
    const before = asked().length;
    configure('nc box 22 | tee log');
    await expect.poll(proxyCommand).toBe('nc box 22 | tee log');
    expect((await openTerminal()).failure?.rule?.id).toBe('proxy-command-shell');
    expect([asked().length, await allowed()]).toEqual([before, false]);
  });

  it('that is not there is told by its name', async () => {
    answer = allowing;
    configure('/no/such/program box');
    await expect.poll(proxyCommand).toBe('/no/such/program box');
    expect((await openTerminal()).failure?.rule).toMatchObject({
      id: 'proxy-command-missing',
      params: { file: '/no/such/program' },
    });
  });
});
