/** Tunnels that are kept: started with the application, on the port that was chosen, exposed only with consent, forgotten with their server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createWebServer, type Server } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Prompt, PromptAnswer } from '../../preload/contract/prompts.ts';
import { freePort } from '../support/free-port.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { askPage, opened, type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let web: Server;
let webPort: number;
let directory: ReturnType<typeof createTempDir>;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
/** How the person answers a question about a port; nothing: the question stays open. */
let consent: PromptAnswer | undefined;

beforeAll(async () => {
  sshd = await startSshd();
  web = createWebServer((request, response) => response.end(`you asked for ${request.url}`));
  await listen(web);
  webPort = addressPort(web);
});

afterAll(async () => {
  web.closeAllConnections();
  await closeServer(web);
  await sshd.stop();
});

beforeEach(async () => {
  directory = createTempDir('tunnels-saved');
  const keys = join(directory.path, 'home/.ssh');
  mkdirSync(keys, { recursive: true });
  writeFileSync(join(keys, 'box_key'), sshd.privateKey, { mode: 0o600 });
  consent = undefined;
  await startCore();
  instance = await live.addServer({
    name: 'box',
    port: sshd.port,
    user: sshd.user,
    login: { kind: 'key', keyName: 'box_key' },
  });
  desk = tunnelDesk(live, instance);
});

afterEach(async () => {
  await live.close();
  directory.remove();
});

async function startCore(): Promise<void> {
  live = await startLiveCore({
    dataDirectory: join(directory.path, 'data'),
    platform: { homeDirectory: join(directory.path, 'home') },
    answer: ({ question }) => (question.kind === 'expose-port' ? consent : { kind: 'trust' }),
  });
}

async function restart(): Promise<void> {
  await live.close();
  await startCore();
  desk = tunnelDesk(live, instance);
}

const questions = () => live.prompts.filter(({ question }) => question.kind === 'expose-port');

describe('a saved tunnel', () => {
  it('starts with the application only when that is wished, on its port, under its name', async () => {
    const wished = await desk.openUp({ remotePort: webPort, name: 'site', startsWithApp: true });
    const other = await desk.openUp({ remotePort: webPort, name: 'spare' });
    await restart();
    await desk.reaches(wished.id, 'up');
    expect(await askPage(wished.localPort, '/again')).toBe('you asked for /again');
    expect(await desk.find(wished.id)).toMatchObject({ name: 'site', startsWithApp: true });
    // That it had to wait for its instance to be listed was no interruption.
    expect(await desk.ruleOf(wished.id)).toBeUndefined();
    expect(await desk.find(other.id)).toMatchObject({ name: 'spare', state: 'stopped' });
  });

  it('is renamed and told not to start with the application, for good', async () => {
    const { id } = await desk.openUp({ remotePort: webPort, startsWithApp: true });
    const change = { id, name: '看板', startsWithApp: false };
    await live.client.call('tunnels.change', change);
    await restart();
    expect(await desk.find(id)).toMatchObject({ ...change, state: 'stopped' });
  });

  it('whose port was taken meanwhile says so, offers another, and remembers the choice', async () => {
    const { id, localPort } = await desk.openUp({ remotePort: webPort, startsWithApp: true });
    await live.close();
    const thief = createServer();
    await listen(thief, localPort);
    try {
      await startCore();
      desk = tunnelDesk(live, instance);
      await desk.reaches(id, 'failed');
      expect(await desk.ruleOf(id)).toBe('tunnel-port-in-use');
      const outcome = await live.client.call('tunnels.start', { id });
      if (outcome.kind !== 'port-unavailable') throw new Error(outcome.kind);
      expect(outcome).toMatchObject({ reason: 'in-use', wanted: localPort });
      await live.client.call('tunnels.change', { id, localPort: outcome.offered });
      opened(await live.client.call('tunnels.start', { id }));
      await desk.reaches(id, 'up');
      expect(await askPage(outcome.offered, '/moved')).toBe('you asked for /moved');
      await restart();
      await desk.reaches(id, 'up');
      expect((await desk.find(id))?.localPort).toBe(outcome.offered);
    } finally {
      await closeServer(thief);
    }
  });

  it('that lacks only the master password comes up once the vault is opened', async () => {
    await live.client.call('vault.setUp', { mode: 'master', password: 'correct horse' });
    instance = await live.addServer({
      name: 'sealed box',
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'stored-key' },
      privateKey: sshd.privateKey,
    });
    desk = tunnelDesk(live, instance);
    const { id } = await desk.openUp({ remotePort: webPort, startsWithApp: true });
    await restart();
    await desk.reaches(id, 'needs-user');
    expect(await live.client.call('prompts.list', {})).toMatchObject({ items: [] });
    await live.client.call('vault.unlock', { password: 'correct horse' });
    await desk.reaches(id, 'up');
  });

  it('keeps its port while it is started', async () => {
    const { id } = await desk.openUp({ remotePort: webPort });
    await expect(
      live.client.call('tunnels.change', { id, localPort: await freePort() }),
    ).rejects.toMatchObject({ rule: { id: 'tunnel-port-while-started' } });
  });

  it('ends and is forgotten with its server', async () => {
    const { localPort } = await desk.openUp({ remotePort: webPort, startsWithApp: true });
    await live.client.call('actions.run', {
      account: 'servers',
      action: 'remove-server',
      instance,
      input: {},
    });
    await expect.poll(() => desk.list()).toEqual([]);
    await expect(askPage(localPort)).rejects.toThrow();
    await restart();
    expect(await desk.list()).toEqual([]);
  });
});

describe('a port for more than this machine', () => {
  const portAsked = (prompt: Prompt | undefined) =>
    prompt?.question.kind === 'expose-port' ? prompt.question.port : 0;

  it('is opened only with consent, asked at every start', async () => {
    consent = { kind: 'allow' };
    const { id, localPort } = await desk.openUp({ remotePort: webPort, bindAddress: '0.0.0.0' });
    expect(questions()).toHaveLength(1);
    expect(questions()[0]).toMatchObject({
      owner: { kind: 'tunnel', instance, name: 'box' },
      question: {
        kind: 'expose-port',
        side: 'here',
        bindAddress: '0.0.0.0',
        port: localPort,
        leadsTo: `box → 127.0.0.1:${webPort}`,
      },
    });
    await live.client.call('tunnels.stop', { id });
    opened(await live.client.call('tunnels.start', { id }));
    expect(questions()).toHaveLength(2);
    const ours = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (ours) expect(await askPage(localPort, '/near', ours.address)).toBe('you asked for /near');
  });

  it('is not opened when consent is denied: what is new is not kept, what was there is stopped', async () => {
    consent = { kind: 'cancel' };
    await expect(desk.open({ remotePort: webPort, bindAddress: '0.0.0.0' })).rejects.toMatchObject({
      code: 'cancelled',
      rule: { id: 'tunnel-not-exposed' },
    });
    expect(await desk.list()).toEqual([]);
    consent = { kind: 'allow' };
    const { id, localPort } = await desk.openUp({ remotePort: webPort, bindAddress: '0.0.0.0' });
    await live.client.call('tunnels.stop', { id });
    consent = { kind: 'cancel' };
    await expect(live.client.call('tunnels.start', { id })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await desk.find(id)).toMatchObject({ state: 'stopped' });
    await expect(askPage(localPort)).rejects.toThrow();
  });

  it('waits for the answer at the automatic start, closed, with the reason', async () => {
    consent = { kind: 'allow' };
    const asked = { remotePort: webPort, bindAddress: '0.0.0.0', startsWithApp: true };
    const { id, localPort } = await desk.openUp(asked);
    consent = undefined;
    await restart();
    await desk.reaches(id, 'needs-user');
    expect(await desk.ruleOf(id)).toBe('tunnel-exposes');
    await expect(askPage(localPort)).rejects.toThrow();
    const { items } = await live.client.call('prompts.list', {});
    const [prompt] = items;
    await live.client.call('prompts.answer', { id: prompt?.id ?? '', answer: { kind: 'allow' } });
    await desk.reaches(id, 'up');
    expect(await askPage(localPort, '/late')).toBe('you asked for /late');
    expect(await desk.ruleOf(id)).toBeUndefined();
  });

  it('that is taken does not leave its tunnel waiting for an answer it has got', async () => {
    consent = { kind: 'allow' };
    const { id, localPort } = await desk.openUp({ remotePort: webPort, bindAddress: '0.0.0.0' });
    await live.client.call('tunnels.stop', { id });
    const thief = createServer();
    await listen(thief, localPort);
    const outcome = await live.client.call('tunnels.start', { id });
    expect(outcome).toMatchObject({ kind: 'port-unavailable', reason: 'in-use' });
    expect(await desk.find(id)).toMatchObject({ state: 'stopped' });
    await closeServer(thief);
  });

  it('that is taken while it is asked about is not missed: nobody named it, so the next is asked about', async () => {
    const opening = desk.openUp({ remotePort: webPort, bindAddress: '0.0.0.0' });
    await expect.poll(questions).toHaveLength(1);
    const thief = createServer();
    await listen(thief, portAsked(questions()[0]));
    const answerLast = async () => {
      const id = questions().at(-1)?.id ?? '';
      await live.client.call('prompts.answer', { id, answer: { kind: 'allow' } });
    };
    await answerLast();
    await expect.poll(questions).toHaveLength(2);
    await answerLast();
    const { localPort } = await opening;
    expect(localPort).toBe(portAsked(questions()[1]));
    expect(await askPage(localPort, '/next')).toBe('you asked for /next');
    await closeServer(thief);
  });

  it('is asked about no more once the tunnel is stopped', async () => {
    const opening = desk.open({ remotePort: webPort, bindAddress: '*' });
    const refused = expect(opening).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(questions).toHaveLength(1);
    const [tunnel] = await desk.list();
    await live.client.call('tunnels.stop', { id: tunnel?.id ?? '' });
    await refused;
    expect((await live.client.call('prompts.list', {})).items).toEqual([]);
    expect(await desk.list()).toEqual([]);
  });

  it.each(['192.0.2.77', 'example.com', 'fe80::1%none'])(
    'is refused at %s, which is no address of this machine',
    async (bindAddress) => {
      await expect(desk.open({ remotePort: webPort, bindAddress })).rejects.toMatchObject({
        code: 'invalid',
        rule: { id: 'tunnel-bind-not-here' },
      });
      expect(questions()).toEqual([]);
    },
  );
});
