/** Runs a shell for its text: both outputs in the order they came, cut off when they grow too long. */
import { type Readable, Writable } from 'node:stream';
import { createPipeIo } from './pipe-io.ts';
import type { ShellIo } from './shell-io.ts';

const maxLength = 1024 * 1024;

export function gatherOutput(input: Readable): { readonly io: ShellIo; output(): string } {
  let text = '';
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (text.length < maxLength) text += chunk.toString();
      done();
    },
  });
  return { io: createPipeIo({ input, output: target, errors: target }), output: () => text };
}
