/** How a terminal gets its shell on the instance's shared connection, and how long it tries. */
import { setTimeout as wait } from 'node:timers/promises';
import type ssh2 from 'ssh2';
import type { CloudError } from '../../../preload/contract/errors.ts';
import { backoffMs } from './backoff.ts';
import type { Connections } from './connections.ts';
import { isPassing, type Lease, type LeaseRequest } from './lease.ts';
import type { OpenedShell } from './open-shell.ts';

/**
 * `once`: a person asked. `coming-up`: the machine is just starting, so refusals are waited out for a while.
 * `line-lost`: its programs run on over there; tried for ever, but never with a question to a person.
 */
export type Manner = 'once' | 'coming-up' | 'line-lost';

export interface EnterRequest {
  readonly manner: Manner;
  readonly signal: AbortSignal;
  open(client: ssh2.Client): Promise<OpenedShell>;
  /** Told why an attempt failed that is followed by another. */
  onFailure(failure: CloudError): void;
}

export interface WayIn {
  /** @throws CloudError the last reason why not */
  enter(request: EnterRequest): Promise<{ readonly shell: OpenedShell; readonly lease: Lease }>;
  /** The next attempt is made now. */
  hurry(): void;
}

/** A machine that just came back listens for SSH at most this much later than it says so. */
const comingUpMs = 120_000;

/** @param user whose connection it is where none is shared */
export function createWayIn(connections: Connections, instance: string, user: string): WayIn {
  return {
    async enter({ manner, signal, open, onFailure }) {
      const owner = connections.owner('terminal', instance);
      const connection = await connections.to(instance, user);
      const interactive = manner !== 'line-lost';
      const once = async (request: LeaseRequest) => {
        const { channel: shell, lease } = await connection.openSession(request, open);
        return { shell, lease };
      };
      if (manner === 'once') return once({ owner, interactive, signal });

      const patience =
        manner === 'line-lost'
          ? signal
          : AbortSignal.any([signal, AbortSignal.timeout(comingUpMs)]);
      const request = { owner, interactive, signal: patience };
      let last: CloudError | undefined;
      const failed = (failure: CloudError) => {
        last = failure;
        onFailure(failure);
      };
      try {
        for (let attempt = 1; ; attempt += 1) {
          const held = await connection.acquirePersistently(request, failed);
          try {
            return await once(request);
          } catch (error) {
            const failure = error as CloudError;
            if (!isPassing(failure)) throw failure;
            failed(failure);
          } finally {
            held.release();
          }
          await wait(backoffMs(attempt, Math.random()), undefined, { signal: patience });
        }
      } catch (error) {
        throw patience.aborted ? (last ?? error) : error;
      }
    },
    hurry() {
      connections.to(instance, user).then(
        (connection) => connection.retryNow(),
        // Gone: the next attempt says so.
        () => {},
      );
    },
  };
}
