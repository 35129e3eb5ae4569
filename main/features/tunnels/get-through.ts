/** Asking a web server behind a tunnel, without a way round by the tunnel's own port. */
import { type IncomingMessage, request } from 'node:http';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { FarEnd } from './forward.ts';

const requestTimeoutMs = 15_000;
const maxBodyLength = 64 * 1024;

/** The tunnel as far as asking through it needs it. */
export interface Through {
  readonly target: {
    readonly id: string;
    readonly remoteHost: string;
    readonly remotePort: number;
  };
  /** A way to that place, once the tunnel is up. @param secure whether the server speaks TLS only */
  reach(secure: boolean, signal: AbortSignal): Promise<FarEnd>;
}

/** One GET through the tunnel's connection. @param secure whether the server speaks TLS only @throws CloudError */
export async function get(
  tunnel: Through,
  path: string,
  headers: Readonly<Record<string, string>>,
  secure: boolean,
): Promise<{
  readonly status: number;
  readonly cookies: readonly string[];
  readonly body: string;
}> {
  const signal = AbortSignal.timeout(requestTimeoutMs);
  const { remoteHost: host, remotePort: port } = tunnel.target;
  const late = () => refusal('timeout', 'tunnel-no-answer', { host, port });
  const channel = await tunnel.reach(secure, signal).catch((error: unknown) => {
    throw signal.aborted ? late() : error;
  });
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      channel.close();
      reject(signal.aborted ? late() : new CloudError('network', String(error)));
    };
    const asked = request(
      {
        path,
        headers: { ...headers, connection: 'close' },
        createConnection: () => channel,
        signal,
      },
      (response: IncomingMessage) => {
        const cookies = response.headers['set-cookie'] ?? [];
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < maxBodyLength) body += text;
        });
        response.on('error', fail);
        response.on('end', () => {
          channel.close();
          resolve({ status: response.statusCode ?? 0, cookies, body });
        });
      },
    );
    asked.on('error', fail);
    // Nobody asked for it, and Node would drop it without a word.
    asked.on('upgrade', () => fail('another protocol'));
    asked.end();
  });
}
