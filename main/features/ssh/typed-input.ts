/** Typed bytes on their way to a shell: the page may send more once the shell took them, or once there is none to take them. */
import type { ClientChannel } from 'ssh2';
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';

export interface TypedInput {
  /** Lets a page that has just attached type ahead. */
  invite(page: ByteStream): void;
  type(page: ByteStream, bytes: Uint8Array, channel: ClientChannel | undefined): void;
  /** What a shell did not take before it ended is not held against the page's next one. */
  takeAll(): void;
}

/** Typed bytes a page may send ahead. */
const creditBytes = 256 * 1024;

export function createTypedInput(): TypedInput {
  const untaken = new Set<() => void>();
  return {
    invite: (page) => page.grant(creditBytes),
    type(page, bytes, channel) {
      const taken = () => {
        if (untaken.delete(taken)) page.grant(bytes.length);
      };
      untaken.add(taken);
      if (channel) channel.write(bytes, taken);
      else taken();
    },
    takeAll() {
      for (const taken of [...untaken]) taken();
    },
  };
}
