/** What is kept of terminals: names, session logs, and what is there again after a restart. */
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSessionLog, sessionLogName } from '../../main/features/ssh/session-log.ts';
import type { PreferencesPatch } from '../../preload/contract/settings.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { attachPage, readTerminal } from '../support/terminal-page.ts';

/** The machine that tests may be busy. */

let sshd: Sshd;
let live: LiveCore;
let instance: string;
const directory = createTempDir('kept');

const start = () =>
  startLiveCore({
    dataDirectory: join(directory.path, 'data'),
    answer: trustHostKeys,
  });

beforeAll(async () => {
  sshd = await startSshd();
});

beforeEach(async () => {
  live = await start();
  await live.client.call('vault.setUp', { mode: 'memory' }).catch(() => undefined);
  instance = await live.addServer({
    name: 'box',
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
});

afterEach(async () => {
  for (const { id } of await list()) await live.client.call('terminals.close', { id });
  await prefer({ reopen: true, keepScreens: false });
  await live.close();
});

afterAll(async () => {
  await sshd.stop();
  directory.remove();
});

const list = async () => (await live.client.call('terminals.list', {})).items;
const read = (id: string) => readTerminal(live.client, id);
const prefer = (terminal: PreferencesPatch['terminal']) =>
  live.client.call('settings.change', { terminal });
const kept = (...names: string[]) => join(live.dataDirectory, ...names);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

async function openTerminal(shell: 'plain' | 'tmux' = 'plain') {
  const request = { instance, columns: 80, rows: 24, shell };
  const { id } = await live.client.call('terminals.open', request);
  await expect.poll(() => read(id)).toMatchObject({ state: 'open' });
  return { id, page: await attachPage(live.client, { id }) };
}

async function restart() {
  await live.close();
  live = await start();
  return list();
}

it('a terminal is called what the operator calls it, and by its instance again when that is taken back', async () => {
  const { id } = await openTerminal();
  await live.client.call('terminals.rename', { id, title: '  訓練 ' });
  expect(await read(id)).toMatchObject({ title: '訓練' });
  await live.client.call('terminals.rename', { id, title: ' ' });
  expect(await read(id)).toMatchObject({ title: 'box' });
});

describe('a session log', () => {
  it('has the output from then on, for its owner only, until it is switched off', async () => {
    const { id, page } = await openTerminal();
    await page.type("printf '<%s>\\n' before\r");
    await page.until(/<before>/);
    await live.client.call('terminals.setLog', { id, on: true });
    const path = (await read(id))?.log?.path ?? '';
    expect(path).toMatch(/session-logs\/\d{8}T\d{6}Z-box-[0-9a-f]{8}\.log$/);
    await page.type("printf '<%s>\\n' during\r");
    await page.until(/<during>/);
    await expect.poll(async () => (await read(id))?.log?.bytes).toBeGreaterThan(0);
    await live.client.call('terminals.setLog', { id, on: false });
    expect(await read(id)).not.toHaveProperty('log');
    await page.type("printf '<%s>\\n' after\r");
    await page.until(/<after>/);
    await expect.poll(() => readFileSync(path, 'utf8')).toContain('<during>');
    expect(readFileSync(path, 'utf8')).not.toMatch(/<before>|<after>/);
    expect([modeOf(path), modeOf(kept('session-logs'))]).toEqual(['600', '700']);
  });

  it('loses nothing of 20 MB', async () => {
    const { id, page } = await openTerminal();
    await page.type("stty -echo; PS1=; printf 'READ%s' Y\r");
    await page.until(/READY/);
    await live.client.call('terminals.setLog', { id, on: true });
    const path = (await read(id))?.log?.path ?? '';
    await page.type(`head -c 20000000 /dev/zero | tr '\\0' x; printf END\r`);
    await page.until(/xEND/);
    await live.client.call('terminals.setLog', { id, on: false });
    const written = () => /x+/.exec(readFileSync(path, 'latin1'))?.[0].length;
    await expect.poll(written).toBe(20_000_000);
  });

  it('ends with a word on a full disk, and holds nobody back', async () => {
    const request = { directory: directory.path, title: 'full', terminalId: '1a2b3c4d5e', now: 0 };
    symlinkSync('/dev/full', join(directory.path, sessionLogName('full', '1a2b3c4d5e', 0)));
    const pauses: boolean[] = [];
    const failure = await new Promise((failed) => {
      const log = openSessionLog({ ...request, failed, pauseSource: (now) => pauses.push(now) });
      log.write(new Uint8Array(2_000_000));
    });
    expect(failure).toMatchObject({ rule: { id: 'disk-full' } });
    expect(pauses).toEqual([true, false]);
  });

  it.each([
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['訓練 gpu:0', '訓練-gpu-0'],
    ['a\u0000b\n', 'a-b-'],
  ])('of %j has a name every system takes', (title, name) => {
    expect(sessionLogName(title, '1a2b3c4d-0000', 0)).toBe(`19700101T000000Z-${name}-1a2b3c4d.log`);
  });
});

describe('after a restart', () => {
  it('an open terminal is there again, closed, under its name, and connects when asked', async () => {
    const { id } = await openTerminal('tmux');
    await live.client.call('terminals.rename', { id, title: 'training' });
    const { shellSession } = (await read(id)) ?? {};
    const [terminal] = await restart();
    expect(terminal).toMatchObject({ id, title: 'training', state: 'closed', reopened: true });
    await live.client.call('vault.setUp', { mode: 'memory' }).catch(() => undefined);
    await live.client.call('terminals.reconnect', { id, columns: 80, rows: 24 });
    await expect.poll(() => read(id)).not.toHaveProperty('reopened');
    expect(shellSession).toMatch(/^pilothouse-[0-9a-f]{12}$/);
  });

  it('a terminal whose shell ended by itself is not', async () => {
    const { id, page } = await openTerminal();
    await page.type('exit\r');
    await expect.poll(() => read(id)).toMatchObject({ state: 'closed' });
    expect(await restart()).toEqual([]);
  });

  it('none is where the preference is off, and none is written down', async () => {
    await openTerminal();
    await prefer({ reopen: false });
    expect(JSON.parse(readFileSync(kept('settings.json'), 'utf8')).terminals).toEqual([]);
    expect(await restart()).toEqual([]);
  });

  it('shows what stood on its screen, where that is wished', async () => {
    await prefer({ keepScreens: true });
    const { id } = await openTerminal();
    await live.client.call('terminals.keepScreen', { id, screen: 'epoch 7\r\n$ ' });
    const [file = ''] = readdirSync(kept('screens'));
    expect([modeOf(kept('screens', file)), modeOf(kept('screens'))]).toEqual(['600', '700']);
    await restart();
    expect(await attachPage(live.client, { id })).toMatchObject({
      start: 0,
      end: 0,
      screen: 'epoch 7\r\n$ ',
    });
    await live.client.call('terminals.close', { id });
    expect(existsSync(kept('screens', file))).toBe(false);
  });

  it('no screen outlives a shell that ended by itself', async () => {
    await prefer({ keepScreens: true });
    const { id, page } = await openTerminal();
    const keep = () => live.client.call('terminals.keepScreen', { id, screen: 'secret' });
    await keep();
    expect(readdirSync(kept('screens'))).toHaveLength(1);
    await page.type('exit\r');
    await expect.poll(() => readdirSync(kept('screens'))).toEqual([]);
    await keep();
    expect(readdirSync(kept('screens'))).toEqual([]);
  });

  it('no screen is kept unasked, and those kept go with the preference', async () => {
    const { id } = await openTerminal();
    await live.client.call('terminals.keepScreen', { id, screen: 'secret' });
    const screens = () => (existsSync(kept('screens')) ? readdirSync(kept('screens')) : []);
    expect(screens()).toEqual([]);
    await prefer({ keepScreens: true });
    await live.client.call('terminals.keepScreen', { id, screen: 'secret' });
    expect(screens()).toHaveLength(1);
    await prefer({ keepScreens: false });
    expect(screens()).toEqual([]);
  });
});

it('a terminal of a server that was removed is closed with the reason, and not there after a restart', async () => {
  const { id } = await openTerminal();
  await live.client.call('actions.run', {
    account: 'servers',
    instance,
    action: 'remove-server',
    input: {},
  });
  await expect
    .poll(() => read(id))
    .toMatchObject({ state: 'closed', failure: { rule: { id: 'instance-gone' } } });
  expect(await restart()).toEqual([]);
});

it('a terminal on an instance without tmux is a plain one, and says so', async () => {
  const bare = await startSshd({ config: ['SetEnv PATH=/nonexistent', 'UsePAM no'] });
  try {
    instance = await live.addServer({
      name: 'bare',
      port: bare.port,
      user: bare.user,
      login: { kind: 'stored-key' },
      privateKey: bare.privateKey,
    });
    const { id, page } = await openTerminal('tmux');
    expect(await read(id)).toMatchObject({
      shell: 'plain',
      note: { id: 'shell-program-missing', params: { program: 'tmux' } },
    });
    await page.type('echo sum=$((40+2))\r');
    await page.until(/sum=42/);
  } finally {
    await bare.stop();
  }
});
