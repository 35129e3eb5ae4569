/** What there is to say about a tunnel beside its state: why it is not up, what happens next, or how Jupyter is. */
import { assertNever, type Failure } from '../../preload/contract/errors.ts';
import type { JupyterHealth, Tunnel } from '../../preload/contract/tunnels.ts';

export type TunnelNews =
  | { readonly kind: 'reason'; readonly failure: Failure }
  | { readonly kind: 'nextAttempt'; readonly at: string; readonly failure: Failure | undefined }
  /** Tried at this moment, or as soon as there is a network or the instance is back. */
  | { readonly kind: 'trying'; readonly failure: Failure | undefined }
  | { readonly kind: 'needsYou'; readonly failure: Failure | undefined }
  | { readonly kind: 'jupyter'; readonly health: JupyterHealth }
  /** It is over; kept so that one can tell what happened. */
  | { readonly kind: 'past'; readonly failure: Failure; readonly at: string | undefined };

export function newsOf(tunnel: Tunnel): TunnelNews | undefined {
  const { state, jupyter, nextAttemptAt, lastFailure, lastFailureAt } = tunnel;
  const past = lastFailure && ({ kind: 'past', failure: lastFailure, at: lastFailureAt } as const);
  switch (state) {
    case 'up':
      return jupyter ? { kind: 'jupyter', health: jupyter } : past;
    case 'stopped':
      return past;
    case 'connecting':
      return undefined;
    case 'reconnecting':
      return nextAttemptAt === undefined
        ? { kind: 'trying', failure: lastFailure }
        : { kind: 'nextAttempt', at: nextAttemptAt, failure: lastFailure };
    case 'needs-user':
      return { kind: 'needsYou', failure: lastFailure };
    case 'failed':
      return lastFailure && { kind: 'reason', failure: lastFailure };
    default:
      return assertNever(state);
  }
}
