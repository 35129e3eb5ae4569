/** How terminals heed what is said about their instance: the agent, the shell, and a server that gives one session. */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../preload/contract/ssh.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { run, startChild } from '../support/child.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { attachPage, readTerminal } from '../support/terminal-page.ts';

let sshd: Sshd;
let live: LiveCore;
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await live.close();
  await sshd.stop();
  for (const stop of stops.splice(0)) await stop();
});

async function start(config: readonly string[], agentSocket?: string): Promise<string> {
  sshd = await startSshd({ config });
  live = await startLiveCore({
    ...(agentSocket && { platform: { environment: { SSH_AUTH_SOCK: agentSocket } } }),
    answer: trustHostKeys,
  });
  await live.client.call('vault.setUp', { mode: 'memory' });
  return live.addServer({
    name: 'box',
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
}

async function prefer(instance: string, part: Partial<ConnectionOptions>): Promise<void> {
  const { options } = await live.client.call('ssh.options', { instance });
  await live.client.call('ssh.setOptions', { instance, options: { ...options, ...part } });
}

async function open(instance: string, shell?: Terminal['shell']) {
  const request = { instance, columns: 80, rows: 24, ...(shell && { shell }) };
  const { id } = await live.client.call('terminals.open', request);
  const read = () => readTerminal(live.client, id);
  await expect.poll(read).toMatchObject({ state: 'open' });
  return { id, read, page: await attachPage(live.client, { id }) };
}

/** A real agent of the test's own, with one key in it. */
async function startAgent(): Promise<string> {
  const directory = createTempDir('agent');
  const socket = join(directory.path, 'socket');
  const key = join(directory.path, 'key');
  const agent = startChild('ssh-agent', ['-D', '-a', socket]);
  await agent.waitFor(/SSH_AUTH_SOCK/);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await run('env', [`SSH_AUTH_SOCK=${socket}`, 'ssh-add', '-q', key]);
  stops.push(async () => {
    await agent.stop();
    directory.remove();
  });
  return socket;
}

describe('the agent of this machine', () => {
  it('is not to be had there unless it was allowed', async () => {
    const { page } = await open(await start([], await startAgent()));
    await page.type('ssh-add -l; echo said=$?\r');
    await page.until(/said=2/);
  });

  it('is there for an instance that may use it', async () => {
    const instance = await start([], await startAgent());
    await prefer(instance, { forwardAgent: true });
    const { page } = await open(instance);
    await page.type('ssh-add -l | wc -l\r');
    await page.until(/^1\r?$/m);
  });

  it('is missed with a word where the server forwards none', async () => {
    const instance = await start(['AllowAgentForwarding no'], await startAgent());
    await prefer(instance, { forwardAgent: true });
    const { page, read } = await open(instance);
    expect(await read()).toMatchObject({ note: { id: 'agent-not-forwarded' } });
    await page.type('echo sum=$((40+2))\r');
    await page.until(/sum=42/);
  });
});

describe('the shell', () => {
  it('is what the instance’s options say, unless something else is asked for', async () => {
    const instance = await start([]);
    await prefer(instance, { shell: 'screen' });
    expect(await (await open(instance)).read()).toMatchObject({ shell: 'screen' });
    expect(await (await open(instance, 'plain')).read()).toMatchObject({ shell: 'plain' });
  });

  it.each(['tmux', 'screen'] as const)(
    '%s is entered where a server gives one session at a time',
    async (shell) => {
      const instance = await start(['MaxSessions 1']);
      const { page, read } = await open(instance, shell);
      expect(await read()).toMatchObject({ shell });
      await page.type('echo sum=$((40+2))\r');
      await page.until(/sum=42/);
    },
  );
});
