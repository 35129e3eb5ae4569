/** Output of a shell on its way to the terminal: gathered for a moment, then sent when there is room. */
import type { HostClient } from './host-client.ts';

type Stream = 'out' | 'error';

const flushAtBytes = 32 * 1024;
const flushAfterMs = 12;

export class OutputSink {
  readonly #host: HostClient;
  readonly #encoder = new TextEncoder();
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #stream: Stream = 'out';
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(host: HostClient) {
    this.#host = host;
  }

  async write(stream: Stream, data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? this.#encoder.encode(data) : data;
    if (bytes.length === 0) return;
    if (stream !== this.#stream) {
      await this.flush();
      this.#stream = stream;
    }
    this.#chunks.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= flushAtBytes) await this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), flushAfterMs);
  }

  /** Resolves once the far end has room again. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#bytes > 0) {
      const data = Buffer.concat(this.#chunks);
      const stream = this.#stream;
      this.#chunks = [];
      this.#bytes = 0;
      this.#sending = this.#sending.then(() => this.#host.output(stream, data));
    }
    return this.#sending;
  }
}
