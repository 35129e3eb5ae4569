/** Programs that outlive the line: a real OpenSSH server with tmux and screen, and a line that is cut. */
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, startChild } from '../support/child.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type FaultProxy, startProxy } from '../support/proxy.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { attachPage, readTerminal } from '../support/terminal-page.ts';

/** The machine that tests may be busy. */

let sshd: Sshd;
let proxy: FaultProxy;
let live: LiveCore;
let instance: string;

beforeAll(async () => {
  sshd = await startSshd();
  proxy = await startProxy(sshd.port);
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd, { name: 'trainer', port: proxy.port });
});

afterAll(async () => {
  await live.close();
  await proxy.stop();
  await sshd.stop();
});

/** The last number that is written whole; the file only grows. */
const reached = (file: string) =>
  Number(readFileSync(join(sshd.home, file), 'utf8').split('\n').at(-2) ?? 0);

async function openTerminal(shell: 'plain' | 'tmux' | 'screen', at = instance) {
  const request = { instance: at, columns: 80, rows: 24, shell };
  const { id } = await live.client.call('terminals.open', request);
  await until(id, { state: 'open', shell });
  return { id, page: await attachPage(live.client, { id }) };
}

const until = (id: string, terminal: object) =>
  expect.poll(() => readTerminal(live.client, id)).toMatchObject(terminal);

const sessionOf = async (id: string) =>
  (await readTerminal(live.client, id))?.shellSession ?? 'none';

describe.each(['tmux', 'screen'] as const)('a training run in %s', (shell) => {
  it('goes on while the line is cut, and the terminal comes back to it by itself', async () => {
    const { id, page } = await openTerminal(shell);
    const file = `${shell}-steps`;
    await page.type(
      `i=0; while :; do i=$((i+1)); echo $i >> ${file}; echo step=$i; sleep 0.1; done\r`,
    );
    await page.until(/step=3\b/);

    await proxy.goAway();
    await until(id, { state: 'connecting', failure: { code: 'network' } });
    const whenCut = reached(file);
    await expect.poll(() => reached(file)).toBeGreaterThan(whenCut + 5);
    await proxy.comeBack();
    await live.client.call('terminals.reconnect', { id, columns: 100, rows: 30 });
    await until(id, { state: 'open', shell });
    // Of those that were written meanwhile only the last stand on the screen it comes back to.
    const shown = () => Number([...page.output().matchAll(/step=(\d+)/g)].at(-1)?.[1]);
    await expect.poll(shown).toBeGreaterThan(whenCut + 5);

    // Bash overlooks it where the sleep ends by itself that very moment: then a person presses it once more.
    const isInterrupted = () => /\^C[^^]*\$ /.test(page.output());
    const interrupt = async () => {
      if (!isInterrupted()) await page.type('\u0003');
      return isInterrupted();
    };
    // A shell that is interrupted forgets what was typed before its prompt.
    await expect.poll(interrupt, { interval: 1000 }).toBe(true);
    await page.type('echo still=$((i > 8)); stty size\r');
    await page.until(/still=1/);
    await live.client.call('terminals.close', { id });
  });

  it('shares nothing with another terminal in it, and is there under its name', async () => {
    const one = await openTerminal(shell);
    const other = await openTerminal(shell);
    await one.page.type("printf '<%s>\\n' one\r");
    await one.page.until(/<one>/);
    await other.page.type("printf '<%s>\\n' other\r");
    await other.page.until(/<other>/);
    expect(one.page.output()).not.toMatch(/<other>/);
    expect(await sessionOf(one.id)).not.toBe(await sessionOf(other.id));
    await until(one.id, { state: 'open' });

    const list = { tmux: ['tmux', 'ls'], screen: ['screen', '-ls'] }[shell];
    // `screen -ls` ends with a status of its own where it has something to tell.
    const listed = await run('su', [sshd.user, '-c', `${list.join(' ')}; true`]);
    expect(listed).toContain(await sessionOf(one.id));
    for (const { id } of [one, other]) await live.client.call('terminals.close', { id });
  });
});

describe('a plain shell', () => {
  it('fails when the line is cut, and waits for a person', async () => {
    const { id } = await openTerminal('plain');
    proxy.cut();
    await until(id, { state: 'failed', failure: { code: 'network' } });
    await live.client.call('terminals.close', { id });
  });
});

/** A line whose end the server never hears of: what a laptop taken out of its network leaves behind. */
async function startDeafLine() {
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const socket = connect(sshd.port, '127.0.0.1');
    sockets.push(near, socket);
    near.on('data', (bytes) => socket.write(bytes));
    near.on('error', () => {});
    socket.on('data', (bytes) => near.writable && near.write(bytes));
    socket.on('error', () => {});
  });
  await listen(server);
  return {
    port: addressPort(server),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await closeServer(server);
    },
  };
}

describe('entering tmux again', () => {
  it('sends away its own former end only: whoever else looks on stays', async () => {
    const line = await startDeafLine();
    const at = await live.addServer({
      name: 'deaf',
      port: line.port,
      user: sshd.user,
      login: { kind: 'stored-key' },
      privateKey: sshd.privateKey,
    });
    const { id, page } = await openTerminal('tmux', at);
    const name = await sessionOf(id);
    const attached = async () =>
      (
        await run('su', [
          sshd.user,
          '-c',
          `tmux list-clients -t ${name} -F '#{client_pid}' || true`,
        ])
      )
        .trim()
        .split('\n');
    await expect.poll(attached).toEqual([expect.stringMatching(/\d/)]);
    const [own] = await attached();
    const phone = startChild('ssh', [
      ...['-tt', '-p', String(sshd.port), '-i', sshd.privateKeyFile],
      ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'],
      `${sshd.user}@127.0.0.1`,
      `TERM=xterm tmux attach -t ${name}`,
    ]);
    await expect.poll(attached).toHaveLength(2);
    const looker = (await attached()).find((pid) => pid !== own);

    // After sleep every connection is made anew.
    live.resume();
    await until(id, { state: 'open' });
    const afterwards = async () => (await attached()).map((pid) => (pid === own ? 'own' : 'other'));
    // What is typed before tmux has the terminal is nobody's.
    await expect.poll(afterwards).toEqual(['other', 'other']);
    await page.type("printf '<%s>\\n' again\r");
    await page.until(/<again>/);
    expect(await attached()).toContain(looker);
    await live.client.call('terminals.close', { id });
    await phone.stop();
    await line.stop();
  });
});

describe('a server that has another key when the line comes back', () => {
  it('is not entered again: the terminal says why, and waits for a person', async () => {
    const { id } = await openTerminal('tmux');
    await proxy.goAway();
    await until(id, { state: 'connecting' });
    await sshd.changeHostKey();
    await proxy.comeBack();
    await until(id, { state: 'failed', failure: { rule: { id: 'host-key-changed' } } });
    const attempts = proxy.accepted();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(proxy.accepted()).toBe(attempts);
    await live.client.call('terminals.close', { id });
  });
});
