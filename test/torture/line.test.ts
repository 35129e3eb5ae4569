/** What happens to a tunnel when the line fails in every way a line can. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { requestRaw } from '../support/http-request.ts';
import {
  big,
  type Held,
  sha256,
  startTortureRig,
  type TortureRig,
} from '../support/torture-rig.ts';

let rig: TortureRig;
let tunnel: Tunnel;
let before: Held;

beforeAll(async () => {
  // Keys are exchanged anew after every megabyte, so that each transfer here crosses several.
  rig = await startTortureRig({ config: ['RekeyLimit 1M', 'MaxStartups 200:30:300'] });
});

afterAll(() => rig.stop());

beforeEach(async () => {
  tunnel = await rig.open();
  expect(await rig.ask(tunnel.localPort)).toBe('got /x');
  before = await rig.held();
});

afterEach(async () => {
  await rig.live.client.call('tunnels.remove', { id: tunnel.id });
});

/** Up again by itself, on the port it had, carrying, with nothing left open that was not before. */
async function isWhole(withinMs?: number): Promise<void> {
  await rig.reaches(tunnel.id, 'up', withinMs);
  const now = await rig.see(tunnel.id);
  expect(now.localPort).toBe(tunnel.localPort);
  expect(await rig.ask(tunnel.localPort)).toBe('got /x');
  await expect.poll(async () => (await rig.see(tunnel.id)).openConnections).toBe(0);
  await rig.holdsNoMoreThan(before);
}

/** Waits until it is not up any more. @returns the reason that stands on it then */
const whyDown = async () => (await rig.reaches(tunnel.id, 'reconnecting')).lastFailure?.rule?.id;

describe('a tunnel whose line fails', () => {
  it('comes back when the server’s session is killed', async () => {
    rig.sshd.dropSessions();
    expect(await whyDown()).toMatch(/^ssh-connection-(lost|closed)$/);
    await isWhole();
    expect((await rig.see(tunnel.id)).reconnects).toBeGreaterThan(0);
  });

  it('notices a frozen server by its silence, says so, and comes back', async () => {
    rig.sshd.signalSessions('SIGSTOP');
    try {
      expect(await whyDown()).toBe('ssh-keepalive-lost');
      await isWhole();
    } finally {
      rig.sshd.signalSessions('SIGCONT');
    }
  });

  it('notices a line on which nothing passes any more, and comes back once it does', async () => {
    rig.proxy.freeze();
    expect(await whyDown()).toBe('ssh-keepalive-lost');
    rig.proxy.cut();
    rig.proxy.thaw();
    await isWhole();
  });

  it('dials anew at once on a new network, whatever the attempt under way still waits for', async () => {
    const { proxy, live } = rig;
    await proxy.goAway();
    await rig.reaches(tunnel.id, 'reconnecting');
    proxy.freeze();
    const dials = proxy.accepted();
    await proxy.comeBack();
    live.changeNetwork();
    // Nothing passes: by itself this attempt would end after twenty seconds.
    await expect.poll(() => proxy.accepted()).toBeGreaterThan(dials);
    const accepted = proxy.accepted();
    live.changeNetwork();
    await expect.poll(() => proxy.accepted()).toBeGreaterThan(accepted);
    proxy.cut();
    proxy.thaw();
    live.changeNetwork();
    await isWhole();
  });

  it('answers a browser with a page while it is down, and holds its port all the time', async () => {
    await rig.proxy.goAway();
    await rig.reaches(tunnel.id, 'reconnecting');
    const answer = await fetch(`http://127.0.0.1:${tunnel.localPort}/`, {
      signal: AbortSignal.timeout(25_000),
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Pilothouse');
    await rig.proxy.comeBack();
    rig.live.changeNetwork();
    await isWhole();
  });

  it('tells a browser early, while others go on waiting and lose nothing they said', async () => {
    await rig.proxy.goAway();
    await rig.reaches(tunnel.id, 'reconnecting');
    const url = `http://127.0.0.1:${tunnel.localPort}/form`;
    const sent = fetch(url, { method: 'POST', body: 'x'.repeat(100_000) });
    const isWaiting = Promise.race([
      sent.then(() => false),
      requestRaw(tunnel.localPort, '/', { accept: 'text/html' }).then(({ status, headers }) => {
        expect([status, headers.refresh]).toEqual([503, '3']);
        return true;
      }),
    ]);
    expect(await isWaiting).toBe(true);
    await rig.proxy.comeBack();
    rig.live.changeNetwork();
    expect(await (await sent).text()).toBe('got /form');
    await isWhole();
  });

  it('serves who came while it was down, once it is up again', async () => {
    rig.sshd.dropSessions();
    await rig.reaches(tunnel.id, 'reconnecting');
    expect(await rig.ask(tunnel.localPort, 15_000)).toBe('got /x');
    await isWhole();
  });

  it('survives a hundred losses one after the other', async () => {
    for (let round = 0; round < 100; round += 1) {
      rig.proxy.cut();
      await expect
        .poll(async () => (await rig.see(tunnel.id)).state, { interval: 5 })
        .not.toBe('up');
      rig.live.changeNetwork();
      await rig.reaches(tunnel.id, 'up');
    }
    await isWhole();
    expect((await rig.see(tunnel.id)).reconnects).toBeGreaterThanOrEqual(100);
  });

  it('does not trust its old connection after sleep, however well that looks', async () => {
    const accepted = rig.proxy.accepted();
    rig.live.resume();
    expect(await whyDown()).toBe('ssh-after-sleep');
    await expect.poll(() => rig.proxy.accepted()).toBe(accepted + 1);
    await isWhole();
  });

  it('keeps its transfers whole while keys are exchanged anew under load', async () => {
    const url = `http://127.0.0.1:${tunnel.localPort}/big`;
    const bodies = await Promise.all(
      Array.from({ length: 8 }, async () => new Uint8Array(await (await fetch(url)).arrayBuffer())),
    );
    expect(new Set(bodies.map(sha256))).toEqual(new Set([sha256(big)]));
    await isWhole();
  });

  it('stays stopped when it is stopped in the middle of coming back', async () => {
    await rig.proxy.goAway();
    await rig.reaches(tunnel.id, 'reconnecting');
    await rig.live.client.call('tunnels.stop', { id: tunnel.id });
    expect((await rig.see(tunnel.id)).state).toBe('stopped');
    await rig.proxy.comeBack();
    rig.live.changeNetwork();
    await sleep(1500);
    expect((await rig.see(tunnel.id)).state).toBe('stopped');
    await rig.live.client.call('tunnels.start', { id: tunnel.id });
    await isWhole();
  });
});
