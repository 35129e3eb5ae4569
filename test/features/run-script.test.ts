/** Scripts on an instance that answers without end. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import ssh2 from 'ssh2';
import { afterEach, expect, it, vi } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { runScript } from '../../main/features/ssh/run-script.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort } from '../support/listening.ts';

let server: ssh2.Server | undefined;
let parts: TestConnectParts | undefined;
afterEach(() => {
  parts?.remove();
  server?.close();
});

it('a channel that opens after nobody waits any more is closed: it would count as a session for ever', async () => {
  let take: (error: undefined, channel: unknown) => void = () => {};
  const client = {
    exec: (_command: string, opened: typeof take) => {
      take = opened;
    },
  };
  const leaving = new AbortController();
  const ran = runScript(client as unknown as ssh2.Client, 'true', {
    timeoutMs: 20_000,
    signal: leaving.signal,
  });
  leaving.abort();
  await expect(ran).rejects.toMatchObject({ code: 'cancelled' });
  const close = vi.fn();
  const channel = Object.assign(new PassThrough(), { stderr: new PassThrough(), close });
  take(undefined, channel);
  expect(close).toHaveBeenCalledOnce();
  // Nor does it run then.
  expect(channel.writableLength).toBe(0);
});

it('an answer without end is cut off, and the instance is told to stop', async () => {
  let stopped = () => {};
  const hasStopped = new Promise<void>((resolve) => {
    stopped = resolve;
  });
  const piece = Buffer.alloc(32 * 1024, 'x');
  server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) =>
      context.method === 'password' ? context.accept() : context.reject(['password']),
    );
    connection.on('session', (accept) =>
      accept().on('exec', (take) => {
        const channel = take().resume();
        let isOver = false;
        const pour = () => {
          while (!isOver && channel.write(piece));
        };
        channel.on('drain', pour).on('close', () => {
          isOver = true;
          stopped();
        });
        pour();
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
  await parts.vault.save('test/password', 'secret');
  const request = requestFor({ port: addressPort(server), user: 'ada' });
  const client = await connect(parts.connectParts, request);
  const { signal } = new AbortController();
  const text = await runScript(client, 'yes', { timeoutMs: 20_000, signal });
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(1024 * 1024);
  await hasStopped;
  client.destroy();
});
