/** Open JupyterLab of a server that speaks TLS only, with a certificate of its own making. */
import { renameSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Jupyter, startJupyter } from '../support/jupyter.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let jupyter: Jupyter;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;

beforeAll(async () => {
  sshd = await startSshd();
  jupyter = await startJupyter({ account: sshd.account, secure: true });
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
  desk = tunnelDesk(live, instance);
});

afterAll(async () => {
  await live.close();
  await jupyter.stop();
  await sshd.stop();
});

async function openReady(remotePort?: number) {
  const outcome = await live.client.call('tunnels.openJupyter', {
    instance,
    ...(remotePort !== undefined && { remotePort }),
  });
  if (outcome.kind !== 'ready') throw new Error(outcome.kind);
  return outcome;
}

/** What a client that speaks TLS itself gets. */
function askSecurely(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/api', rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

it('signs the browser in over plain HTTP to this machine, for the TLS is the tunnel’s', async () => {
  const { url } = await openReady();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const first = await fetch(url, { redirect: 'manual' });
  expect([first.status, first.headers.get('location')]).toEqual([303, '/tree']);
  const cookies = first.headers.getSetCookie();
  expect(cookies.join()).toContain('username-');
  // A browser keeps none of these from an address without TLS.
  expect(cookies.join()).not.toMatch(/; *secure/i);
  const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
  const page = await fetch(new URL('/tree', url), { headers: { cookie }, redirect: 'manual' });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('</html>');
});

it('asks after its health over TLS', async () => {
  const { id } = (await openReady()).tunnel;
  await expect
    .poll(async () => (await desk.find(id))?.jupyter)
    .toMatchObject({ state: 'answers', version: expect.stringMatching(/^\d+\./) });
});

it('leaves a client with TLS of its own to the server', async () => {
  const { localPort } = (await openReady()).tunnel;
  expect(await askSecurely(localPort)).toBe(200);
});

it('finds out about the TLS of a server whose runtime file is out of sight', async () => {
  const runtimeFile = join(sshd.home, `.local/share/jupyter/runtime/nbserver-${jupyter.pid}.json`);
  renameSync(runtimeFile, `${runtimeFile}.away`);
  try {
    const { url } = await openReady(jupyter.port);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(new URL(page.url).pathname).toMatch(/^\/login/);
  } finally {
    renameSync(`${runtimeFile}.away`, runtimeFile);
  }
});

it('says so when the server speaks no TLS any more, and opens it as it is then', async () => {
  const { tunnel } = await openReady();
  await jupyter.stop();
  jupyter = await startJupyter({ account: sshd.account, port: jupyter.port });
  await desk.reaches(tunnel.id, 'up', 30_000);
  const page = await fetch(`http://127.0.0.1:${tunnel.localPort}/tree`);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('Press Open JupyterLab again.');
  const again = await openReady();
  expect(again.tunnel.id).toBe(tunnel.id);
  expect((await fetch(again.url, { redirect: 'manual' })).status).toBe(303);
});
