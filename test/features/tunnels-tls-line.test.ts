/** The line breaks in the middle of a TLS handshake with the server behind a tunnel: nobody blames TLS for it. */
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { requestRaw } from '../support/http-request.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { createSelfSigned } from '../support/self-signed.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
let web: HttpsServer;
/** Before the web server: while it holds, nobody gets an answer to the first word of TLS. */
let door: Server;
let holds = false;
const held = new Set<Socket>();

/** Who was held gets an answer now, and so does who comes later. */
function letGo(): void {
  holds = false;
  for (const socket of held) web.emit('connection', socket);
}

beforeAll(async () => {
  const { certificate: cert, privateKey: key } = createSelfSigned();
  web = createHttpsServer({ cert, key }, (_request, response) => response.end('there'));
  door = createServer((socket) => {
    socket.on('error', () => {});
    if (holds) held.add(socket);
    else web.emit('connection', socket);
  });
  await listen(door);
  sshd = await startSshd();
  live = await startLiveCore({ answer: trustHostKeys });
  instance = await live.addSshd(sshd);
  desk = tunnelDesk(live, instance);
});

afterEach(async () => {
  holds = false;
  for (const socket of held) socket.destroy();
  held.clear();
  await desk.removeAll();
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
  web.closeAllConnections();
  await closeServer(door);
});

/** A tunnel to the server, found out to speak TLS only. */
async function openSecure(): Promise<Tunnel> {
  const remotePort = addressPort(door);
  const outcome = await live.client.call('tunnels.openJupyter', { instance, remotePort });
  if (outcome.kind !== 'ready') throw new Error(outcome.kind);
  await desk.reaches(outcome.tunnel.id, 'up');
  return outcome.tunnel;
}

/** What a browser is told that comes while nobody answers TLS, which lasts; resolves once a handshake hangs in the air. */
async function beginToAsk({ localPort }: Tunnel) {
  holds = true;
  const answer = requestRaw(localPort, '/', { accept: 'text/html' });
  await expect.poll(() => held.size, { timeout: 15_000 }).toBeGreaterThan(0);
  return { answer };
}

it('who asks waits for the next connection, and is answered over it', async () => {
  const tunnel = await openSecure();
  const { answer } = await beginToAsk(tunnel);
  sshd.dropSessions();
  // Let go of before the line is known to be gone, it would have begun its answer on the old one.
  await expect
    .poll(async () => (await desk.find(tunnel.id))?.reconnects, { timeout: 20_000 })
    .toBeGreaterThan(0);
  letGo();
  expect((await answer).body).toBe('there');
});

it('a browser is told that the line broke where it stays broken', async () => {
  const { answer } = await beginToAsk(await openSecure());
  await sshd.down();
  try {
    const { body } = await answer;
    expect(body).toContain('The line to box is being restored');
    expect(body).not.toContain('TLS');
  } finally {
    await sshd.up();
  }
});
