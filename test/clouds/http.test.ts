/** HTTP to a cloud, against a real server that behaves badly. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp, type Http } from '../../main/clouds/http.ts';
import { systemClock } from '../../main/core/clock.ts';
import { createRedactor } from '../../main/core/log.ts';

const servers: Server[] = [];
const clients: Http[] = [];
const { signal } = new AbortController();

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function clientOf(listener: RequestListener): Promise<Http> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redactor = createRedactor();
  redactor.learn('CANARY-token');
  const client = createHttp({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    clock: systemClock,
    redactor,
    headers: async () => ({ authorization: 'Bearer CANARY-token' }),
  });
  clients.push(client);
  return client;
}

describe('HTTP to a cloud', () => {
  it('puts the path behind the base, sends JSON and reads JSON', async () => {
    const http = await clientOf((request, response) => {
      response.end(JSON.stringify({ url: request.url, auth: request.headers.authorization }));
    });
    expect(
      await http.request({ method: 'GET', path: '/list', query: { page: 2 }, signal }),
    ).toEqual({
      status: 200,
      json: { url: '/v1/list?page=2', auth: 'Bearer CANARY-token' },
    });
  });

  it.each([
    [400, 'invalid'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [302, 'unsupported'],
  ])('makes of status %i the failure %s, at the first attempt', async (status, code) => {
    let asked = 0;
    const http = await clientOf((_request, response) => {
      asked += 1;
      response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end('plain text');
    });
    await expect(http.request({ method: 'GET', path: '/', signal })).rejects.toMatchObject({
      code,
    });
    expect(asked).toBe(1);
  });

  it('tries a reading again after a 500 and a reset, and gives up after three times', async () => {
    let asked = 0;
    const http = await clientOf((request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(500).end();
      else if (asked === 2) request.socket.resetAndDestroy();
      else response.end('{"ok":true}');
    });
    expect(await http.request({ method: 'GET', path: '/', signal })).toMatchObject({
      json: { ok: true },
    });
    asked = -10;
    const broken = await clientOf((_request, response) => {
      asked += 1;
      response.writeHead(503).end();
    });
    await expect(broken.request({ method: 'GET', path: '/', signal })).rejects.toMatchObject({
      code: 'network',
      retryable: true,
    });
    expect(asked).toBe(-7);
  });

  it('never sends a change twice unless it is repeatable', async () => {
    let asked = 0;
    const http = await clientOf((_request, response) => {
      asked += 1;
      response.writeHead(500).end();
    });
    const change = { method: 'POST', path: '/', body: {}, signal } as const;
    await expect(http.request(change)).rejects.toMatchObject({ code: 'network' });
    expect(asked).toBe(1);
    await expect(http.request({ ...change, repeatable: true })).rejects.toThrow();
    expect(asked).toBe(4);
  });

  it('waits as long as a 429 says', async () => {
    let asked = 0;
    const http = await clientOf((_request, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '1' }).end('slow down');
      else response.end('{}');
    });
    const started = performance.now();
    await http.request({ method: 'GET', path: '/', signal });
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it('ends an answer that never ends, one that is too large, and one that is not JSON', async () => {
    const http = await clientOf((request, response) => {
      if (request.url === '/v1/never') response.write('{');
      else if (request.url === '/v1/large') response.end(Buffer.alloc(17 * 1024 * 1024, 'x'));
      else response.end('<html>');
    });
    const ask = (path: string, timeoutMs = 20_000) =>
      http.request({ method: 'POST', path, signal, timeoutMs });
    await expect(ask('/never', 500)).rejects.toMatchObject({ code: 'timeout' });
    await expect(ask('/large')).rejects.toMatchObject({ rule: { id: 'cloud-answer-too-large' } });
    await expect(ask('/page')).rejects.toMatchObject({ rule: { id: 'cloud-answer-unreadable' } });
  });

  it('can be cancelled', async () => {
    const http = await clientOf(() => {});
    const abort = new AbortController();
    const asked = http.request({ method: 'GET', path: '/', signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('keeps a log without secrets, headers, bodies and query values', async () => {
    const http = await clientOf((_request, response) =>
      response.writeHead(401).end('CANARY-token'),
    );
    const asked = {
      method: 'GET',
      path: '/a/CANARY-token',
      query: { q: 'private' },
      signal,
    } as const;
    const failure = await http.request(asked).catch((error: unknown) => error);
    expect(http.log()).toMatchObject([{ method: 'GET', outcome: '401', attempt: 1 }]);
    expect(JSON.stringify([http.log(), (failure as Error).message])).not.toMatch(/CANARY|private/);
  });
});
