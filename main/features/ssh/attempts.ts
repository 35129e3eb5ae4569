/** Attempts to reach a machine: while the server said nothing yet, another network is a reason to begin anew. */
import { abortable } from './abortable.ts';
import type { Dial, Dialled, LeaseRequest } from './lease.ts';
import type { RetrySchedule } from './retry-schedule.ts';

export interface Attempts {
  /** One attempt, begun anew whenever it is called off. @throws CloudError as `dial`, cancelled */
  reach(request: LeaseRequest): Promise<Dialled>;
  /**
   * Only what waits for the network alone, so that nothing is lost with it: neither a person's answer nor one of the
   * tries a server grants.
   */
  callOff(): void;
}

export function createAttempts(dial: Dial, schedule: RetrySchedule): Attempts {
  let silent: AbortController | undefined;

  return {
    async reach(request) {
      for (;;) {
        const attempt = new AbortController();
        const signal = AbortSignal.any([request.signal, attempt.signal]);
        const onWait = (hangsOnNetwork: boolean) => {
          silent = hangsOnNetwork ? attempt : undefined;
        };
        try {
          return await dial({ ...request, signal, onWait });
        } catch (error) {
          if (!attempt.signal.aborted || request.signal.aborted) throw error;
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
