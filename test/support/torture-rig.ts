/** A tunnel to be tortured: real core, real sshd behind a fault proxy, a web server at the far end, and an eye on what is left open. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'vitest';
import type { ConnectionOptions } from '../../preload/contract/ssh.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { addressPort, closeServer, listen } from './listening.ts';
import { type LiveCore, type LiveCoreOptions, startLiveCore, trustHostKeys } from './live-core.ts';
import { type FaultProxy, startProxy } from './proxy.ts';
import { type Sshd, type SshdOptions, startSshd } from './sshd.ts';

export interface TortureRig {
  readonly live: LiveCore;
  readonly sshd: Sshd;
  readonly proxy: FaultProxy;
  readonly instance: string;
  readonly webPort: number;
  /** A tunnel to the web server, or to another port of the machine, up. */
  open(remotePort?: number): Promise<Tunnel>;
  /** The tunnel as the page sees it now. */
  see(id: string): Promise<Tunnel>;
  /** Waits for the state, however it comes about. @returns the tunnel as it was then */
  reaches(id: string, state: Tunnel['state'], withinMs?: number): Promise<Tunnel>;
  /** What the web server says through the port; never waits longer than the time. */
  ask(port: number, withinMs?: number): Promise<string>;
  /** What this process holds open, once it has come to rest. */
  held(): Promise<Held>;
  /** Waits until this process holds as many listeners as then, and no more sockets. */
  holdsNoMoreThan(before: Held): Promise<void>;
  stop(): Promise<void>;
}

/** Handles that keep the process alive. */
export interface Held {
  readonly listeners: number;
  readonly sockets: number;
}

/** The keepalive is quick, so that a frozen line is noticed in seconds. */
const quickly: ConnectionOptions = {
  keepaliveSeconds: 1,
  shareConnection: true,
  jumps: null,
  forwardAgent: false,
  shell: 'plain',
  clipboardWrite: 'never',
};

export async function startTortureRig(
  options: SshdOptions = {},
  core: LiveCoreOptions = {},
): Promise<TortureRig> {
  const sshd = await startSshd(options);
  const proxy = await startProxy(sshd.port);
  const web = createServer((request, response) =>
    response.end(request.url === '/big' ? big : `got ${request.url}`),
  );
  await listen(web);
  const live = await startLiveCore({
    answer: trustHostKeys,
    ...core,
  });
  await live.client.call('vault.setUp', { mode: 'memory' });
  const instance = await live.addServer({
    name: 'box',
    ...(options.network ? { host: sshd.host, port: sshd.port } : { port: proxy.port }),
    user: sshd.user,
    login: { kind: 'stored-key' },
    privateKey: sshd.privateKey,
  });
  await live.client.call('ssh.setOptions', { instance, options: quickly });
  return rigOf({ live, sshd, proxy, instance, web });
}

function rigOf(parts: {
  live: LiveCore;
  sshd: Sshd;
  proxy: FaultProxy;
  instance: string;
  web: Server;
}): TortureRig {
  const { live, sshd, proxy, instance, web } = parts;
  const webPort = addressPort(web);
  const see = async (id: string) => {
    const { items } = await live.client.call('tunnels.list', {});
    const found = items.find((tunnel) => tunnel.id === id);
    if (!found) throw new Error('the tunnel is gone');
    return found;
  };
  const reaches = async (id: string, state: Tunnel['state'], withinMs = 20_000) => {
    let seen = await see(id);
    const look = async () => {
      seen = await see(id);
      return seen.state;
    };
    await expect.poll(look, { timeout: withinMs, interval: 25 }).toBe(state);
    return seen;
  };
  return {
    live,
    sshd,
    proxy,
    instance,
    webPort,
    see,
    reaches,
    async open(remotePort = webPort) {
      const outcome = await live.client.call('tunnels.open', { instance, remotePort });
      if (outcome.kind !== 'opened') throw new Error(`not opened: ${outcome.kind}`);
      await reaches(outcome.tunnel.id, 'up');
      return outcome.tunnel;
    },
    ask: async (port, withinMs = 10_000) => {
      const signal = AbortSignal.timeout(withinMs);
      const headers = { connection: 'close' };
      return (await fetch(`http://127.0.0.1:${port}/x`, { signal, headers })).text();
    },
    async held() {
      let last = count();
      await expect
        .poll(
          () => {
            const before = last;
            last = count();
            return last.listeners === before.listeners && last.sockets === before.sockets;
          },
          { timeout: 10_000, interval: 300 },
        )
        .toBe(true);
      return last;
    },
    holdsNoMoreThan: ({ listeners, sockets }) =>
      expect
        .poll(count)
        .toEqual({ listeners, sockets: expect.toSatisfy((now: number) => now <= sockets) }),
    async stop() {
      await live.close();
      await proxy.stop();
      await closeServer(web);
      await sshd.stop();
    },
  };
}

function count(): Held {
  const handles = process.getActiveResourcesInfo();
  const of = (kind: string) => handles.filter((name) => name === kind).length;
  return { listeners: of('TCPServerWrap'), sockets: of('TCPSocketWrap') };
}

/** Opens a connection and closes it at once, or in the middle of a word. */
export function touch(port: number, word = ''): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      if (word !== '') socket.write(word);
      socket.resetAndDestroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

/** What `/big` is answered with. */
export const big = randomBytes(8 * 1024 * 1024);

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
