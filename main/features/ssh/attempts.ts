/** Attempts to reach a machine: begun anew on another network while the server said nothing, and no more once it says nothing to a secret. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { abortable } from './abortable.ts';
import { type Dial, type Dialled, isPassing, type LeaseRequest } from './lease.ts';
import type { RetrySchedule } from './retry-schedule.ts';

export interface Attempts {
  /**
   * One attempt, begun anew whenever it is called off.
   * @throws CloudError as `dial`, cancelled, or unauthenticated `ssh-secret-unanswered`
   */
  reach(request: LeaseRequest): Promise<Dialled>;
  /**
   * Only what waits for the network alone, so that nothing is lost with it: neither a person's answer nor one of the
   * tries a server grants.
   */
  callOff(): void;
}

/** So often in a row a secret is given that gets neither a yes nor a no. */
const mostUnanswered = 2;

export function createAttempts(dial: Dial, schedule: RetrySchedule): Attempts {
  let silent: AbortController | undefined;
  let unanswered = 0;

  /** The line may have been to blame once. A server that counts tries will lock the account. */
  const afterUnanswered = (error: unknown): unknown => {
    if (!(error instanceof CloudError && isPassing(error))) return error;
    unanswered += 1;
    if (unanswered < mostUnanswered) return error;
    unanswered = 0;
    return refusal('unauthenticated', 'ssh-secret-unanswered');
  };

  return {
    async reach(request) {
      for (;;) {
        const attempt = new AbortController();
        const signal = AbortSignal.any([request.signal, attempt.signal]);
        const onWait = (hangsOnNetwork: boolean) => {
          silent = hangsOnNetwork ? attempt : undefined;
        };
        let isUnanswered = false;
        const onUnanswered = () => {
          isUnanswered = true;
        };
        try {
          const dialled = await dial({ ...request, signal, onWait, onUnanswered });
          unanswered = 0;
          return dialled;
        } catch (error) {
          const isOver = !attempt.signal.aborted || request.signal.aborted;
          if (isOver) throw isUnanswered ? afterUnanswered(error) : error;
        } finally {
          silent = undefined;
        }
        // Right after sleep the network needs a moment.
        if (schedule.isHeld()) await abortable(schedule.due(), request.signal);
      }
    },
    callOff: () => silent?.abort(),
  };
}
