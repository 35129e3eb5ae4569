/** Ports a guest listens on: its own services, and those a tunnel leads away to whoever made it. */
import { request } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';

export interface Listening {
  readonly port: number;
  /** As `ss` names it. */
  readonly process: string;
}

export interface Fetched {
  readonly status: number;
  readonly statusText: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

type Take = (stream: Duplex) => void;

const firstFreePort = 40_000;
const fetchTimeoutMs = 15_000;
const maxBodyBytes = 1024 * 1024;

export class Ports {
  readonly #listeners = new Map<number, { readonly process: string; readonly take: Take }>();
  #next = firstFreePort;

  /** @param port 0 = any. @returns the port, or undefined when it is taken */
  listen(port: number, process: string, take: Take): number | undefined {
    if (port === 0) {
      while (this.#listeners.has(this.#next)) this.#next += 1;
    } else if (this.#listeners.has(port)) return undefined;
    const had = port === 0 ? this.#next : port;
    this.#listeners.set(had, { process, take });
    return had;
  }

  close(port: number): void {
    this.#listeners.delete(port);
  }

  list(): readonly Listening[] {
    return [...this.#listeners].map(([port, { process }]) => ({ port, process }));
  }

  /** Hands the stream to whoever listens; false when nobody does. */
  connect(port: number, open: () => Duplex): boolean {
    const listener = this.#listeners.get(port);
    listener?.take(open());
    return listener !== undefined;
  }

  /** One GET from the guest to itself; null when nobody listens. @throws when there is no proper answer */
  async fetch(port: number, path: string): Promise<Fetched | null> {
    const [near, far] = duplexPair();
    if (!this.connect(port, () => far)) return null;
    const signal = AbortSignal.timeout(fetchTimeoutMs);
    return new Promise((resolve, reject) => {
      const headers = { host: `localhost:${port}`, connection: 'close', 'user-agent': 'curl' };
      const asked = request({ path, headers, createConnection: () => near, signal }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('error', reject);
        response.on('data', (bytes: Buffer) => {
          length += bytes.length;
          if (length <= maxBodyBytes) chunks.push(bytes);
        });
        response.on('end', () => {
          const { statusCode = 0, statusMessage = '', rawHeaders } = response;
          const lines = rawHeaders.flatMap((name, at) =>
            at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}\r\n`] : [],
          );
          resolve({
            status: statusCode,
            statusText: statusMessage,
            headers: lines.join(''),
            body: new Uint8Array(Buffer.concat(chunks)),
          });
        });
      });
      asked.on('error', reject);
      asked.end();
    });
  }
}
