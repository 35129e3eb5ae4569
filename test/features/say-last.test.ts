/** A client that was told the last word, and stays. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { sayLast } from '../../main/features/tunnels/say-last.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

it('has got all of it, and is shown out after a while', async () => {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
  await listen(server);
  const client = connect({ port: addressPort(server), host: '127.0.0.1', allowHalfOpen: true });
  const [served] = (await once(server, 'connection')) as [Socket];
  client.write('what is here?');
  const closed = once(served, 'close');
  const words = 'nothing '.repeat(10_000);
  sayLast(served, words);
  let heard = '';
  client.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await once(client, 'end');
  expect(heard).toBe(words);
  expect(client.writable).toBe(true);
  await closed;
  client.destroy();
  await closeServer(server);
});
