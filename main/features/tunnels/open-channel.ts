/** A channel to a host and port as the instance sees them, or in words why there is none. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';
import type { FarEnd } from './forward.ts';

/** A firewall that drops what it does not like never answers at all. */
const answerTimeoutMs = 15_000;

type OpenError = Error & { readonly reason?: number | string };

/**
 * @throws CloudError network (`tunnel-nothing-listens`, `tunnel-host-unreachable`, `tunnel-host-unknown`,
 *   `ssh-connection-closed`), forbidden `tunnel-not-permitted`, quota `ssh-channel-refused`, timeout `tunnel-no-answer`
 */
export function openChannel(
  client: ssh2.Client,
  host: string,
  port: number,
): Promise<ssh2.ClientChannel> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(refusal('timeout', 'tunnel-no-answer', { host, port }));
    }, answerTimeoutMs);
    const take = (error: OpenError | undefined, channel: ssh2.ClientChannel) => {
      clearTimeout(timer);
      if (error) reject(channelFailure(error, host, port));
      else if (late) dismiss(channel);
      else resolve(channel);
    };
    try {
      client.forwardOut('127.0.0.1', 0, host, port, take);
    } catch {
      clearTimeout(timer);
      reject(refusal('network', 'ssh-connection-closed'));
    }
  });
}

/** Closes a channel nobody reads. */
export function dismiss(channel: FarEnd): void {
  channel.on('error', () => {});
  channel.resume();
  channel.close();
}

/** Reasons of RFC 4254, section 5.1, as ssh2 names or numbers them; the description is the server's own. */
function channelFailure(error: OpenError, host: string, port: number): CloudError {
  const detail = plainWords(error.message, 200);
  const rule = (code: CloudError['code'], id: string) =>
    new CloudError(code, detail, { rule: { id, params: { host, port } } });
  switch (error.reason) {
    case 1:
    case 'ADMINISTRATIVELY_PROHIBITED':
      return rule('forbidden', 'tunnel-not-permitted');
    case 2:
    case 'CONNECT_FAILED':
      if (/unreachable|no route|timed out/i.test(detail)) {
        return rule('network', 'tunnel-host-unreachable');
      }
      if (/unknown host|not known|resolution|no address/i.test(detail)) {
        return rule('network', 'tunnel-host-unknown');
      }
      return rule('network', 'tunnel-nothing-listens');
    // Not the server's answer: the connection ended before there was one.
    case undefined:
      return refusal('network', 'ssh-connection-closed');
    default:
      return refusal('quota', 'ssh-channel-refused', { detail });
  }
}
