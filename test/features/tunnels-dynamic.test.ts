/** A SOCKS5 proxy through a real OpenSSH server, asked by a real curl, by clients of other tongues, and by nobody's. */
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../support/child.ts';
import { freePort } from '../support/free-port.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { type LiveCore, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { fc } from '../support/properties.ts';
import { rawClient } from '../support/raw-client.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { type TunnelDesk, tunnelDesk } from '../support/tunnel-desk.ts';

let sshd: Sshd;
let strict: Sshd;
let live: LiveCore;
let instance: string;
let desk: TunnelDesk;
let web: Server;
let webPort: number;

beforeAll(async () => {
  sshd = await startSshd();
  strict = await startSshd({ config: ['AllowTcpForwarding remote'] });
  web = createServer((request, response) => response.end(`you asked for ${request.url}`));
  await listen(web);
  webPort = addressPort(web);
  live = await startLiveCore({ answer: trustHostKeys });
  await live.client.call('vault.setUp', { mode: 'memory' });
  instance = await addServer('box', sshd);
  desk = tunnelDesk(live, instance);
});

afterEach(() => desk.removeAll());

afterAll(async () => {
  await live.close();
  web.closeAllConnections();
  await closeServer(web);
  await sshd.stop();
  await strict.stop();
});

const addServer = (name: string, { port, user, privateKey }: Sshd) =>
  live.addServer({ name, port, user, login: { kind: 'stored-key' }, privateKey });

const openProxy = async () =>
  desk.openUp({ kind: 'dynamic', name: 'browse', localPort: await freePort() });

const curl = (proxyPort: number, url: string, proxy = 'socks5-hostname') =>
  run('curl', ['-sS', '--max-time', '10', `--${proxy}`, `127.0.0.1:${proxyPort}`, url]);

const connectTo = (host: string, port: number) =>
  Buffer.concat([
    Buffer.from([5, 1, 0, 5, 1, 0, 3, host.length]),
    Buffer.from(host),
    Buffer.from([port >> 8, port & 255]),
  ]);

describe('a dynamic tunnel', () => {
  it('carries curl to an address and to a name that the instance resolves', async () => {
    const { id, localPort } = await openProxy();
    expect(await curl(localPort, `http://127.0.0.1:${webPort}/one`)).toBe('you asked for /one');
    expect(await curl(localPort, `http://localhost:${webPort}/two`)).toBe('you asked for /two');
    await expect
      .poll(() => desk.find(id))
      .toMatchObject({
        kind: 'dynamic',
        name: 'browse',
        remoteHost: '',
        remotePort: 0,
        connections: 2,
      });
  });

  it('carries what a hasty client says before it is answered', async () => {
    const { localPort } = await openProxy();
    const client = await rawClient(localPort);
    client.say(
      Buffer.concat([connectTo('127.0.0.1', webPort), Buffer.from('GET /hasty HTTP/1.0\r\n\r\n')]),
    );
    expect((await client.rest()).toString()).toContain('you asked for /hasty');
  });

  it.each([
    ['where nothing listens: refused', '127.0.0.1', 5],
    ['to a name nobody has: unreachable', 'no-such-host.invalid', 4],
  ])('says in the reply why it cannot go %s', async (_what, host, reply) => {
    const { id, localPort } = await openProxy();
    const client = await rawClient(localPort);
    client.say(connectTo(host, await freePort()));
    const answer = await client.rest();
    expect([...answer.subarray(0, 4)]).toEqual([5, 0, 5, reply]);
    // Where a client wants to go says nothing about the tunnel.
    expect(await desk.find(id)).toMatchObject({ state: 'up' });
    expect(await desk.ruleOf(id)).toBeUndefined();
  });

  it('tells a browser on a plain page what it is, and SOCKS4 no, with a word for the operator', async () => {
    const { id, localPort } = await openProxy();
    const page = await fetch(`http://127.0.0.1:${localPort}/`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('SOCKS5');
    const old = await rawClient(localPort);
    old.say(Buffer.from([4, 1, 0, 80, 127, 0, 0, 1, 0]));
    expect([...(await old.rest())].slice(0, 2)).toEqual([0, 0x5b]);
    expect(await desk.ruleOf(id)).toBe('tunnel-speaks-socks5');
  });

  it('takes no client that wants to log in', async () => {
    const { localPort } = await openProxy();
    const client = await rawClient(localPort);
    client.say(Buffer.from([5, 1, 2]));
    expect([...(await client.rest())]).toEqual([5, 0xff]);
  });

  it('lets clients that say nonsense or nothing go, and serves on', async () => {
    const { id, localPort } = await openProxy();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (said) => {
        const client = await rawClient(localPort);
        client.say(said);
        client.leave();
      }),
      { numRuns: 200 },
    );
    await expect.poll(async () => (await desk.find(id))?.openConnections).toBe(0);
    expect(await curl(localPort, `http://127.0.0.1:${webPort}/still`)).toContain('/still');
  });

  it('answers with a failure, in bounded time, while its instance cannot be reached', async () => {
    const { id, localPort } = await openProxy();
    await sshd.down();
    try {
      await desk.reaches(id, 'reconnecting');
      const client = await rawClient(localPort);
      client.say(connectTo('127.0.0.1', webPort));
      expect([...(await client.rest()).subarray(0, 4)]).toEqual([5, 0, 5, 1]);
      // The reason stays what it is, not that somebody waited for nothing.
      expect(await desk.ruleOf(id)).toBe('reach-refused');
    } finally {
      await sshd.up();
    }
  });

  it('is failed with the reason when the server permits no forwarding', async () => {
    const there = tunnelDesk(live, await addServer('strict', strict));
    const { id } = await there.open({ kind: 'dynamic' });
    await there.reaches(id, 'failed');
    expect(await there.ruleOf(id)).toBe('tunnel-not-permitted');
  });
});
