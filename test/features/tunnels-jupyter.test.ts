/** Open JupyterLab of the real core: through a real OpenSSH server to real Jupyter servers. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JupyterOutcome } from '../../preload/contract/tunnels.ts';
import { freePort } from '../support/free-port.ts';
import { type Jupyter, type JupyterOptions, startJupyter } from '../support/jupyter.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
let running: Jupyter[] = [];

beforeAll(async () => {
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
  desk = tunnelDesk(live, instance);
});

afterEach(async () => {
  await desk.removeAll();
  await Promise.all(running.map((jupyter) => jupyter.stop()));
  running = [];
  rmSync(runtime(), { recursive: true, force: true });
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
});

const runtime = (...name: readonly string[]) =>
  join(sshd.home, '.local/share/jupyter/runtime', ...name);

async function start(options: Omit<JupyterOptions, 'account'> = {}): Promise<Jupyter> {
  const jupyter = await startJupyter({ account: sshd.account, ...options });
  running.push(jupyter);
  return jupyter;
}

const open = (remotePort?: number) =>
  live.client.call('tunnels.openJupyter', {
    instance,
    ...(remotePort !== undefined && { remotePort }),
  });

function ready(outcome: JupyterOutcome): Extract<JupyterOutcome, { kind: 'ready' }> {
  if (outcome.kind !== 'ready') throw new Error(outcome.kind);
  return outcome;
}

describe('Open JupyterLab', () => {
  it('says so when there is none', async () => {
    expect(await open()).toEqual({
      kind: 'not-found',
    });
  });

  it.each([
    { basePath: '/', landing: '/tree' },
    { basePath: '/lab-7/', landing: '/lab-7/tree' },
  ])(
    'signs in once, without the token in any address: $basePath',
    async ({ basePath, landing }) => {
      const jupyter = await start({ basePath });
      const outcome = ready(await open());
      expect(outcome.url).not.toContain(jupyter.token);
      expect(JSON.stringify(outcome)).not.toContain(jupyter.token);

      const first = await fetch(outcome.url, { redirect: 'manual' });
      expect(first.status).toBe(303);
      expect(first.headers.get('location')).toBe(landing);
      const cookies = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
      const page = await fetch(new URL(landing, outcome.url), {
        headers: { cookie: cookies.join('; ') },
        redirect: 'manual',
      });
      expect(page.status).toBe(200);

      const second = await fetch(outcome.url, { redirect: 'manual' });
      expect(second.status).not.toBe(303);
      expect(second.headers.getSetCookie().join()).not.toContain('username-');
      expect(jupyter.log()).not.toContain(jupyter.token);
    },
  );

  it('lets the operator choose among several, by what each serves, and opens the chosen one', async () => {
    const first = await start();
    const second = await start({ basePath: '/lab-7/' });
    // The runtime file as Jupyter Server writes it.
    renameSync(runtime(`nbserver-${second.pid}.json`), runtime(`jpserver-${second.pid}.json`));
    const outcome = await open();
    if (outcome.kind !== 'choose') throw new Error(outcome.kind);
    expect(outcome.servers.toSorted((one, other) => one.port - other.port)).toEqual(
      [
        { port: first.port, kind: 'notebook', directory: sshd.home },
        { port: second.port, kind: 'server', directory: sshd.home },
      ].toSorted((one, other) => one.port - other.port),
    );
    expect(JSON.stringify(outcome)).not.toContain(first.token);
    const chosen = ready(await open(second.port));
    expect(chosen.tunnel.remotePort).toBe(second.port);
    const page = await fetch(chosen.url, { redirect: 'manual' });
    expect(page.headers.get('location')).toMatch(/^\/lab-7\/(lab|tree)$/);
  });

  it('skips servers that are gone but left their runtime file', async () => {
    const jupyter = await start();
    const stale = JSON.stringify({ port: await freePort(), token: 'old', base_url: '/' });
    writeFileSync(runtime('jpserver-999999.json'), stale);
    // The process id is another program's by now.
    writeFileSync(runtime(`jpserver-${process.pid}.json`), stale);
    expect(ready(await open()).tunnel.remotePort).toBe(jupyter.port);
  });

  it('opens the page of a server whose runtime file is out of sight', async () => {
    const jupyter = await start();
    rmSync(runtime(`nbserver-${jupyter.pid}.json`));
    const { url } = ready(await open(jupyter.port));
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(new URL(page.url).pathname).toMatch(/^\/login/);
  });

  it('asks after a server where it moved to', async () => {
    const jupyter = await start();
    const { id } = ready(await open()).tunnel;
    const health = async () => (await desk.find(id))?.jupyter;
    await expect.poll(health).toMatchObject({ state: 'answers' });
    const before = await health();
    await jupyter.stop();
    await start({ port: jupyter.port, basePath: '/lab-7/' });
    expect(ready(await open()).tunnel.id).toBe(id);
    await expect
      .poll(health)
      .toMatchObject({ state: 'answers', since: expect.not.stringMatching(before?.since ?? '') });
  });

  it('shows whether the server answers while the tunnel is up, also after sleep', async () => {
    const jupyter = await start();
    const { id } = ready(await open()).tunnel;
    const health = async () => (await desk.find(id))?.jupyter;
    await expect.poll(health).toMatchObject({
      state: 'answers',
      version: expect.stringMatching(/^\d+\./),
    });
    await jupyter.stop();
    await expect.poll(health).toMatchObject({ state: 'failing' });
    expect((await health())?.version).toBeUndefined();
    await start({ port: jupyter.port });
    live.resume();
    live.changeNetwork();
    await expect.poll(health).toMatchObject({ state: 'answers' });
    await live.client.call('tunnels.stop', { id });
    expect(await health()).toBeUndefined();
  });
});
