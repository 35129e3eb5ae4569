/** A far end that speaks TLS only, for a client here that does not: the browser speaks plain HTTP, the tunnel TLS. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type ssh2 from 'ssh2';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';
import { ChannelStream } from '../ssh/channel-stream.ts';
import type { FarEnd } from './forward.ts';

const handshakeTimeoutMs = 15_000;
/** The first byte of every TLS connection: a record of the handshake. */
const tlsHandshake = 0x16;

/**
 * The certificate is not verified: a server makes it for itself, and all of it travels inside SSH, whose host key was
 * verified, to the instance's own port.
 * @throws CloudError network `tunnel-tls-failed`, timeout `tunnel-tls-silent`
 */
export function secureEnd(
  channel: ssh2.ClientChannel,
  host: string,
  port: number,
): Promise<FarEnd> {
  return new Promise((resolve, reject) => {
    const stream = connect({
      // TLS has a farewell of its own to write.
      socket: new ChannelStream(channel, true),
      rejectUnauthorized: false,
      ...(isIP(host) === 0 && { servername: host }),
    });
    const fail = (failure: CloudError) => {
      clearTimeout(timer);
      stream.destroy();
      reject(failure);
    };
    const explain = (detail: string) => refusal('network', 'tunnel-tls-failed', { detail });
    const timer = setTimeout(
      // Whether it speaks TLS nobody can tell: a server of plain HTTP waits for the end of such a request, too.
      () => fail(refusal('timeout', 'tunnel-tls-silent', { host, port })),
      handshakeTimeoutMs,
    );
    stream.on('error', (error) => fail(explain(plainWords(error.message, 200))));
    stream.once('close', () => fail(explain('closed')));
    stream.once('secureConnect', () => {
      clearTimeout(timer);
      resolve(Object.assign(stream, { close: () => stream.destroy() }));
    });
  });
}

/** @param first what a client said first; one that says nothing is none of plain HTTP */
export const speaksPlainly = (first: Buffer | undefined): boolean =>
  first !== undefined && first[0] !== tlsHandshake;
