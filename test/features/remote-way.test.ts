/** A client that comes to a port on the instance, while the way to the place here is still being made. */
import { createServer } from 'node:net';
import type ssh2 from 'ssh2';
import { expect, it } from 'vitest';
import type { Arrival } from '../../main/features/tunnels/forwarded-ports.ts';
import { createRemoteWay } from '../../main/features/tunnels/remote-way.ts';
import type { Link } from '../../main/features/tunnels/way.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

it('is let go when the connection is lost meanwhile: nothing is accepted on one that is gone', async () => {
  const here = createServer();
  await listen(here);
  const target = { localHost: '127.0.0.1', localPort: addressPort(here), remotePort: 1 };
  let arrive: (arrival: Arrival) => void = () => {};
  const way = createRemoteWay(
    {
      target: { ...target, bindAddress: 'loopback' },
      count: () => {},
      note: () => {},
    } as unknown as Link,
    {
      open: async (_client, _address, _port, onArrival) => {
        arrive = onArrival;
      },
      close: () => {},
    },
  );
  const client = {} as ssh2.Client;
  await way.prove(client);
  const outcome = new Promise<string>((resolve) =>
    arrive({
      accept: () => {
        resolve('accepted');
        throw new Error('there is no connection');
      },
      reject: () => resolve('rejected'),
    }),
  );
  way.release?.(client);
  expect(await outcome).toBe('rejected');
  await closeServer(here);
});
