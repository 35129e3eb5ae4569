/** A connection whose dialling a test plays: how each attempt ends, and who asked for it. */
import { EventEmitter } from 'node:events';
import type ssh2 from 'ssh2';
import { Connection } from '../../main/features/ssh/connection.ts';
import type { DialRequest, LeaseRequest } from '../../main/features/ssh/lease.ts';
import { CloudError, type ErrorCode, refusal } from '../../preload/contract/errors.ts';

class FakeClient extends EventEmitter {
  end(): void {
    this.emit('close');
  }
  destroy(): void {
    this.emit('close');
  }
}

/** A connection whose attempts end as the test says: a failure's code, `up`, or not at all, the server silent or not. */
export function createPlayed(
  ...outcomes: readonly (ErrorCode | 'up' | 'never' | 'silent' | 'spoke')[]
) {
  const dialled: DialRequest[] = [];
  const clients: FakeClient[] = [];
  const connection = new Connection(
    async (request) => {
      const outcome = outcomes[dialled.length] ?? 'up';
      dialled.push(request);
      await Promise.resolve();
      if (outcome === 'never' || outcome === 'silent' || outcome === 'spoke') {
        if (outcome !== 'never') request.onWait?.(true);
        if (outcome === 'spoke') request.onWait?.(false);
        await new Promise((_resolve, reject) => {
          const giveUp = () => reject(new CloudError('cancelled', 'cancelled'));
          if (request.signal.aborted) giveUp();
          request.signal.addEventListener('abort', giveUp);
        });
      } else if (outcome !== 'up') {
        throw refusal(outcome, 'for-the-test');
      }
      const client = new FakeClient();
      clients.push(client);
      return {
        client: client as unknown as ssh2.Client,
        localAddress: '192.0.2.7',
        whyLost: (error) => refusal('network', error?.message ?? 'closed'),
      };
    },
    () => {},
  );
  return { connection, dialled, clients };
}

export const request = (more: Partial<LeaseRequest> = {}): LeaseRequest => ({
  owner: { kind: 'terminal', instance: 'servers/x', name: 'x', address: 'x:22' },
  interactive: true,
  signal: new AbortController().signal,
  ...more,
});
export const quiet = (more: Partial<LeaseRequest> = {}) => request({ interactive: false, ...more });
export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'up',
    (error: CloudError) => error.code,
  );
