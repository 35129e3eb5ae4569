/** Keys are exchanged anew on a line that is up: the server must still be the one whose key was judged. */
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { afterEach, expect, it } from 'vitest';
import { connect } from '../../main/features/ssh/connect.ts';
import { createConnectParts, requestFor, type TestConnectParts } from '../support/connect-parts.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort } from '../support/listening.ts';

/** What ssh2's own server signs with, by type. */
interface Insides {
  readonly _protocol: { _hostKeys: Record<string, ssh2.ParsedKey> };
}

let server: ssh2.Server;
let theirs: ssh2.Connection;
let parts: TestConnectParts;
afterEach(() => {
  parts.remove();
  server.close();
});

async function logIn(): Promise<ssh2.Client> {
  server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (connection) => {
    theirs = connection;
    connection.on('error', () => {});
    connection.on('authentication', (context) =>
      context.method === 'password' ? context.accept() : context.reject(['password']),
    );
    connection.on('session', (accept) => accept().on('exec', (take) => take().end()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  parts = await createConnectParts(({ kind }) =>
    kind === 'host-key' ? { kind: 'trust' } : undefined,
  );
  await parts.vault.save('test/password', 'secret');
  return connect(parts.connectParts, requestFor({ port: addressPort(server), user: 'ada' }));
}

it('with the same key the line lives on, and nobody is asked', async () => {
  const client = await logIn();
  await new Promise<void>((resolve) => theirs.rekey(() => resolve()));
  await new Promise<void>((resolve, reject) =>
    client.exec('true', (error) => (error ? reject(error) : resolve())),
  );
  expect(parts.asked).toHaveLength(1);
  client.destroy();
});

it('with another key the line ends, and nobody is asked', async () => {
  const client = await logIn();
  const other = ssh2.utils.parseKey(newKeyPair().private);
  if (other instanceof Error) throw other;
  (theirs as unknown as Insides)._protocol._hostKeys = { 'ssh-ed25519': other };
  const left = new Promise<string>((resolve) => client.once('close', () => resolve('left')));
  client.on('error', () => {});
  const wentOn = new Promise<string>((resolve) => theirs.rekey(() => resolve('went on')));
  expect(await Promise.race([left, wentOn])).toBe('left');
  expect(parts.asked).toHaveLength(1);
});
