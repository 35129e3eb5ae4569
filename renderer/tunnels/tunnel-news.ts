/** What there is to say about a tunnel beside its state: why it is not up, what happens next, or how Jupyter is. */
import { assertNever, type Failure } from '../../preload/contract/errors.ts';
import type { JupyterHealth, Tunnel } from '../../preload/contract/tunnels.ts';

export type TunnelNews =
  | { readonly kind: 'reason'; readonly failure: Failure }
  | { readonly kind: 'nextAttempt'; readonly at: string; readonly failure: Failure | undefined }
  | { readonly kind: 'trying'; readonly failure: Failure | undefined }
  /** For the network, or for the instance; the reason says what for. */
  | { readonly kind: 'waits'; readonly failure: Failure }
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
      if (nextAttemptAt !== undefined) {
        return { kind: 'nextAttempt', at: nextAttemptAt, failure: lastFailure };
      }
      return lastFailure && !isPassing(lastFailure)
        ? { kind: 'waits', failure: lastFailure }
        : { kind: 'trying', failure: lastFailure };
    case 'needs-user':
      return { kind: 'needsYou', failure: lastFailure };
    case 'failed':
      return lastFailure && { kind: 'reason', failure: lastFailure };
    default:
      return assertNever(state);
  }
}

/** What another attempt may mend at any time; the rest has to change first. */
const isPassing = ({ code, rule }: Failure) =>
  (code === 'network' || code === 'timeout') && rule?.id !== 'ssh-offline';
