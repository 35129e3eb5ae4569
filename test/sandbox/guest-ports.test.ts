/** Ports of a guest: seen from within by curl and ss, and led back here by `ssh -R`. */
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { Client } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGuest, type TestGuest } from '../support/guest.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

let guest: TestGuest;
let web: Server;

beforeAll(async () => {
  guest = await startTestGuest();
  web = createServer((request, response) => response.end(`here is ${request.url}\n`));
  await listen(web);
});

afterAll(async () => {
  await guest.stop();
  await closeServer(web);
});

describe('curl on a guest', () => {
  it('reads the notebook service, and says when nobody listens or the place is elsewhere', async () => {
    const api = await guest.run('curl -s http://localhost:8888/api');
    expect(JSON.parse(api.output)).toMatchObject({ version: expect.stringContaining('sandbox') });
    const none = await guest.run('curl localhost:9');
    expect(none).toMatchObject({ status: 7, errors: expect.stringContaining('refused') });
    const elsewhere = await guest.run('curl https://example.com/ ; curl http://example.com/');
    expect(elsewhere).toMatchObject({ status: 6, output: '' });
  });
});

describe('a port led back here', () => {
  const forward = (client: Client, port: number) =>
    new Promise<number>((resolve, reject) =>
      client.forwardIn('127.0.0.1', port, (error, bound) =>
        error ? reject(error) : resolve(bound || port),
      ),
    );

  it('is reached from within, is listed, is one client’s alone, and goes with its connection', async () => {
    const client = await guest.connect();
    client.on('tcp connection', (_details, accept) => {
      const channel = accept();
      const socket = connect(addressPort(web), '127.0.0.1');
      channel.pipe(socket).pipe(channel);
    });
    const port = await forward(client, 9000);
    expect(port).toBe(9000);
    expect((await guest.run('curl -s localhost:9000/you')).output).toBe('here is /you\n');
    expect((await guest.run('ss -ltn')).output).toMatch(/0\.0\.0\.0:9000\s+sshd/);
    const other = await guest.connect();
    await expect(forward(other, 9000)).rejects.toThrow();
    await expect(forward(other, 8888)).rejects.toThrow();
    other.end();
    client.end();
    await expect.poll(async () => (await guest.run('curl -s localhost:9000/')).status).toBe(7);
  });
});
