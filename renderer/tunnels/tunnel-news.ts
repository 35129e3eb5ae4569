/** What there is to say about a tunnel beside its state: why it is not up, what happens next, or how Jupyter is. */
import { assertNever, type Failure } from '../../preload/contract/errors.ts';
import type { JupyterHealth, Tunnel } from '../../preload/contract/tunnels.ts';

export type TunnelNews =
  | { readonly kind: 'reason'; readonly failure: Failure }
  /** Why it is not up just now; it comes back by itself. */
  | { readonly kind: 'passing'; readonly failure: Failure }
  | { readonly kind: 'needsYou'; readonly failure: Failure | undefined }
  | { readonly kind: 'jupyter'; readonly health: JupyterHealth }
  /** It is over; kept so that one can tell what happened. */
  | { readonly kind: 'past'; readonly failure: Failure; readonly at: string | undefined };

export function newsOf(tunnel: Tunnel): TunnelNews | undefined {
  const { state, since, jupyter, lastFailure, lastFailureAt } = tunnel;
  const past = lastFailure && ({ kind: 'past', failure: lastFailure, at: lastFailureAt } as const);
  switch (state) {
    case 'up':
      return jupyter ? { kind: 'jupyter', health: jupyter } : past;
    case 'stopped':
      return past;
    case 'connecting':
      // It waits for its instance, say; what was wrong the last time it was started is another story.
      return lastFailure && lastFailureAt !== undefined && lastFailureAt >= since
        ? { kind: 'passing', failure: lastFailure }
        : undefined;
    case 'reconnecting':
      return lastFailure && { kind: 'passing', failure: lastFailure };
    case 'needs-user':
      return { kind: 'needsYou', failure: lastFailure };
    case 'failed':
      return lastFailure && { kind: 'reason', failure: lastFailure };
    default:
      return assertNever(state);
  }
}

export type Attempt =
  | { readonly kind: 'at'; readonly at: string }
  | { readonly kind: 'now' }
  /** Once there is a network again, or whatever else the reason names. */
  | { readonly kind: 'waitsForNetwork' | 'waits' }
  /** The connection is there; what it leads to is looked for again and again. */
  | { readonly kind: 'looks' };

/** When it is tried again by itself; undefined where it is not. */
export function attemptOf(tunnel: Tunnel): Attempt | undefined {
  const { state, nextAttemptAt, lastFailure, leftToPerson } = tunnel;
  if (state === 'failed' && !leftToPerson) return { kind: 'looks' };
  if (state !== 'reconnecting') return undefined;
  if (nextAttemptAt !== undefined) return { kind: 'at', at: nextAttemptAt };
  if (lastFailure?.rule?.id === 'ssh-offline') return { kind: 'waitsForNetwork' };
  return { kind: lastFailure && !isPassing(lastFailure) ? 'waits' : 'now' };
}

/** What another attempt may mend at any time; the rest has to change first. */
const isPassing = ({ code }: Failure) => code === 'network' || code === 'timeout';
