/** A channel as an ordinary stream: it closes when it is destroyed, while ssh2's own waits for a server that may be gone. */
import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

export class ChannelStream extends Duplex {
  private readonly channel: ClientChannel;

  /** @param allowHalfOpen whether something may still be written once the other side ended; as with a socket, not unless told */
  constructor(channel: ClientChannel, allowHalfOpen = false) {
    super({ allowHalfOpen });
    this.channel = channel;
    channel.on('data', (bytes: Buffer) => {
      if (!this.destroyed && !this.push(bytes)) channel.pause();
    });
    channel.on('end', () => this.push(null));
    channel.on('close', () => this.destroy());
    channel.on('error', () => this.destroy());
  }

  override _read(): void {
    this.channel.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.channel.write(bytes, () => done());
  }

  override _final(done: () => void): void {
    this.channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.channel.resume();
    this.channel.close();
    done(error);
  }
}
