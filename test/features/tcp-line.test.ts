/** A line tells the address it goes out from in the words in which this machine lists its own. */
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { openTcpLine } from '../../main/features/ssh/lines.ts';
import { hasAddress } from '../../main/platform/node/watch-network.ts';
import { addressPort, closeServer } from '../support/listening.ts';

const hasIpv6 = hasAddress('::1');
const addresses = Object.entries(networkInterfaces()).flatMap(([name, list = []]) =>
  list.flatMap(({ address, family, scopeid }) => [
    scopeid ? `${address}%${name}` : address,
    ...(family === 'IPv4' && hasIpv6 ? [`::ffff:${address}`] : []),
  ]),
);

it.each(addresses)('from %s', async (host) => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const signal = new AbortController().signal;
  const { stream, localAddress } = await openTcpLine({ host, port: addressPort(server), user: '' })(
    signal,
  );
  expect(hasAddress(localAddress ?? '')).toBe(true);
  stream.destroy();
  await closeServer(server);
});
