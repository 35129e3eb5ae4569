/** A shell without a terminal: input gathered to its end, output with back-pressure. */
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { ShellIo } from './shell-io.ts';

export interface Pipes {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
}

/** Input beyond this is refused: it lies in memory. */
const maxInputBytes = 256 * 1024 * 1024;

export function createPipeIo({ input, output, errors }: Pipes): ShellIo {
  let released = new AbortController();
  const chunks: Buffer[] = [];
  let length = 0;
  const ended = new Promise<void>((resolve) => {
    input.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxInputBytes) chunks.push(chunk);
    });
    input.once('end', resolve);
    input.once('close', resolve);
  });
  return {
    async output(stream, data) {
      const target = stream === 'out' ? output : errors;
      if (target.destroyed || target.writableEnded || target.write(data)) return;
      // A reader that goes away is told by `release`.
      await once(target, 'drain', { signal: released.signal }).catch(() => {});
    },
    async readInput() {
      const { signal } = released;
      await Promise.race([ended, once(signal, 'abort')]);
      return Buffer.concat(chunks);
    },
    prompt: () => Promise.resolve(null),
    readLine: () => Promise.resolve(null),
    readKeys: () => Promise.resolve(''),
    endKeys: () => {},
    setTerminal: () => {},
    terminalSize: () => ({ columns: 80, rows: 24 }),
    release() {
      released.abort();
      released = new AbortController();
    },
  };
}
