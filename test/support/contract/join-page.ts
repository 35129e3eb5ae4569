/** A page joined to a small core of known answers: what the contract suites talk to. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Channel } from '../../../preload/contract/wire.ts';
import type { Client } from '../../../renderer/client/client.ts';
import { clientOn } from '../join-web-host.ts';
import { createTestCore, type TestCore } from './test-core.ts';
import type { Joined, Wiring } from './wirings.ts';

export const hello = {
  product: 'Pilothouse',
  version: '1.2.3',
  host: 'web',
  operatingSystem: 'linux',
  dataDirectory: '/data',
} as const;

/** Arguments of `tunnels.open`, which here answers only by being cancelled. */
export const tunnel = { instance: 'a/b', remotePort: 8888 };

export interface JoinedPage extends Joined {
  readonly core: TestCore;
  readonly channel: Channel;
  readonly client: Client;
  /** Calls of `tunnels.open` that wait for being cancelled. */
  readonly waiting: ReadonlySet<AbortSignal>;
  /** Opens a stream and hands over both its ends. */
  attach(client?: Client): Promise<{ readonly page: ByteStream; readonly core: ByteStream }>;
}

export async function joinPage(wiring: Wiring): Promise<JoinedPage> {
  const waiting = new Set<AbortSignal>();
  let served: ByteStream | undefined;
  const core = createTestCore({
    'app.hello': () => hello,
    'app.notices': async () => {
      throw new CloudError('conflict', 'in use', {
        rule: { id: 'port-in-use', params: { port: 8888 } },
        details: { attempt: 3 },
      });
    },
    'vault.status': () => {
      throw new TypeError('the secret is hunter2');
    },
    'tunnels.open': (_args, signal) =>
      new Promise<never>((_resolve, reject) => {
        waiting.add(signal);
        signal.addEventListener('abort', () => {
          waiting.delete(signal);
          reject(new Error('aborted'));
        });
      }),
    'terminals.attach': (_args, stream) => {
      served = stream;
      return { start: 7, end: 7 };
    },
  });
  const joined = await wiring.wire(core);
  const channel = await joined.join();
  const client = clientOn(channel);
  return {
    ...joined,
    core,
    channel,
    client,
    waiting,
    async attach(by = client) {
      const { stream, opened } = by.stream('terminals.attach', { id: 't', from: 0 });
      await opened;
      if (!served) throw new Error('no stream was opened');
      return { page: stream, core: served };
    },
  };
}
