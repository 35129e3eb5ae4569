/** What flows through a tunnel arrives whole or is broken off for all to see, however its two ends take leave. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

const large = Buffer.alloc(32 * 1024 * 1024, 'x');

let sshd: Sshd;
let live: LiveCore;
let desk: TunnelDesk;
/** What the far end does with a client. */
let serve: (socket: Socket) => void;
let far: Server;
const served = new Set<Socket>();

beforeAll(async () => {
  sshd = await startSshd();
  far = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    served.add(socket);
    serve(socket);
  });
  serve = (socket) => socket.destroy();
  await listen(far);
  live = await startLiveCore({ answer: trustHostKeys });
  const instance = await live.addSshd(sshd);
  desk = tunnelDesk(live, instance);
});

afterEach(async () => {
  await desk.removeAll();
  for (const socket of served) socket.destroy();
  served.clear();
});

afterAll(async () => {
  await live.close();
  await sshd.stop();
  await closeServer(far);
});

/** A client of a tunnel to the far end that is up. */
async function client(): Promise<{ readonly id: string; readonly socket: Socket }> {
  serve = (socket) => socket.destroy();
  const { id, localPort } = await desk.openUp({ remotePort: addressPort(far) });
  return { id, socket: connect({ port: localPort, host: '127.0.0.1', allowHalfOpen: true }) };
}

/** All that comes, and how it ended. */
function hear(socket: Socket): Promise<{ readonly bytes: number; readonly end: string }> {
  return new Promise((resolve) => {
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    socket.on('end', () => resolve({ bytes, end: 'end' }));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve({ bytes, end: code ?? '' }));
  });
}

describe('through a tunnel', () => {
  it('who has sent all and only listens gets the whole answer', async () => {
    const { socket } = await client();
    serve = async (peer) => {
      const { bytes } = await hear(peer);
      peer.end(Buffer.concat([Buffer.from(`${bytes} `), large]));
    };
    socket.end('what is there?');
    expect(await hear(socket)).toEqual({ bytes: '14 '.length + large.length, end: 'end' });
  });

  it('all that was sent arrives where nothing is said any more, however slowly it is read', async () => {
    const { socket } = await client();
    const heard = new Promise((resolve) => {
      serve = async (peer) => {
        peer.end();
        let bytes = 0;
        for await (const chunk of peer) {
          bytes += chunk.length;
          await sleep(1);
        }
        resolve(bytes);
      };
    });
    socket.resume();
    socket.end(large);
    expect(await heard).toBe(large.length);
  });

  it('an answer cut off by a lost connection does not look whole', async () => {
    const { socket } = await client();
    serve = (peer) => void peer.write('half of it');
    const heard = hear(socket);
    await once(socket, 'data');
    sshd.dropSessions();
    expect(await heard).toEqual({ bytes: 'half of it'.length, end: 'ECONNRESET' });
  });

  it('an answer cut off by stopping the tunnel does not look whole', async () => {
    const { id, socket } = await client();
    serve = (peer) => void peer.write('half of it');
    const heard = hear(socket);
    await once(socket, 'data');
    await live.client.call('tunnels.stop', { id });
    expect(await desk.find(id)).toMatchObject({
      state: 'stopped',
      openConnections: 0,
      bytesIn: 'half of it'.length,
    });
    expect(await heard).toEqual({ bytes: 'half of it'.length, end: 'ECONNRESET' });
  });

  it('a client that reads nothing holds the far end back', async () => {
    const { socket } = await client();
    let sent = 0;
    serve = (peer) => {
      const chunk = large.subarray(0, 64 * 1024);
      const more = (error?: Error | null) => {
        if (error) return;
        sent += chunk.length;
        peer.write(chunk, more);
      };
      more();
    };
    socket.pause();
    await once(socket, 'connect');
    // What lies between the two ends fills up, however long that takes; then nothing more goes in.
    let before = 0;
    const stands = () => {
      const isSame = sent > 0 && sent === before;
      before = sent;
      return isSame;
    };
    await expect.poll(stands, { interval: 1500 }).toBe(true);
    expect(sent).toBeLessThan(large.length);
    socket.destroy();
  });

  it('the reset of a client ends what it had at the far end', async () => {
    const { socket } = await client();
    const heard = new Promise((resolve) => {
      serve = (peer) => {
        peer.write('hello');
        peer.once('close', () => resolve('closed'));
        peer.on('end', () => peer.end());
        peer.resume();
      };
    });
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect(await heard).toBe('closed');
  });
});
