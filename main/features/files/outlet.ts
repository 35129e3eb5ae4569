/** Bytes of a file on their way to a page, as fast as it grants. */
import type { ByteStream } from '../../../preload/contract/byte-stream.ts';
import { CloudError } from '../../../preload/contract/errors.ts';

export class Outlet {
  private isClosed = false;
  private wake: () => void = () => {};
  private readonly stream: ByteStream;

  /** To be made at once: a page may be gone before there is anything for it. */
  constructor(stream: ByteStream) {
    this.stream = stream;
    stream.onCredit(() => this.wake());
    stream.onClose(() => {
      this.isClosed = true;
      this.wake();
    });
  }

  /**
   * Resolves when all of them are sent.
   * @param onSent told of every part of them
   * @throws CloudError cancelled, when the page closed the stream
   */
  async send(bytes: Uint8Array, onSent: (count: number) => void): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (this.isClosed) throw new CloudError('cancelled', 'the page closed the stream');
      const sent = this.stream.send(bytes.subarray(at));
      at += sent;
      onSent(sent);
      if (sent > 0) continue;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
