/** What ssh2 says of a connection that did not come to be, or was lost, as failures an operator understands. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';
import { type Crypto, findDisagreement } from './algorithms.ts';
import { networkFailure } from './network-failure.ts';
import type { ServerOffer } from './server-offer.ts';

/** `code` is the operating system's word, or the number of an SSH disconnect. */
export type SshError = Error & { readonly level?: string; readonly code?: string | number };

/** A login the server will not take; OpenSSH says "Too many authentication failures" and hangs up. */
export const endsLogin = (error: SshError): boolean =>
  error.level === 'client-authentication' || hangsUpOnLogin(error);

export const hangsUpOnLogin = ({ code, message }: SshError): boolean =>
  typeof code === 'number' && /authentication (failures|methods)/i.test(message);

export interface FailedHandshake {
  readonly host: string;
  readonly port: number;
  readonly crypto: Crypto;
  /** What the server offered, if it came so far. */
  readonly offer: ServerOffer | undefined;
  /** What an end without a reason means at this moment. */
  readonly otherwise: string;
  readonly keepaliveSeconds: number;
}

export function explainFailure(error: SshError, at: FailedHandshake): CloudError {
  const detail = plainWords(error.message, 300);
  if (typeof error.code === 'number') return refusal('network', 'ssh-connection-lost', { detail });
  if (error.code) return networkFailure(error, error.code, at.host, at.port);
  if (/no matching/i.test(detail)) {
    const found = at.offer && findDisagreement(at.crypto, at.offer);
    const { ours = '', theirs = detail } = found ?? {};
    const what = found ? { ours, theirs: theirs.slice(0, 600) } : { ours, theirs };
    return refusal('unsupported', 'ssh-no-common-algorithm', what);
  }
  if (/identification|greeting|header|Max identification/i.test(detail)) {
    return refusal('network', 'reach-not-ssh', {});
  }
  if (/keepalive/i.test(detail)) return keepaliveLost(at.keepaliveSeconds);
  return refusal('network', at.otherwise, { detail });
}

/** Keepalives without an answer until a connection counts as lost. */
export const keepaliveMisses = 3;

/** Why a connection that was up ended. */
export function explainLoss(error: SshError, keepaliveSeconds: number): CloudError {
  if (/keepalive/i.test(error.message)) return keepaliveLost(keepaliveSeconds);
  return refusal('network', 'ssh-connection-lost', { detail: plainWords(error.message, 200) });
}

const keepaliveLost = (seconds: number): CloudError =>
  refusal('timeout', 'ssh-keepalive-lost', { seconds: seconds * keepaliveMisses });

/** The same failure, told as one of a machine on the way. */
export function atHop(failure: CloudError, hop: string): CloudError {
  const { code, message, rule, retryable, details } = failure;
  return new CloudError(code, message, {
    retryable,
    ...(rule && { rule }),
    details: { hop, ...details },
    cause: failure,
  });
}
