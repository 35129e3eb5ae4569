/** The line between a shell and whoever looks at it just now: the shell runs on while nobody does. */
import { Duplex } from 'node:stream';

/** So much of what was said last is shown to whoever comes. */
const keptBytes = 64 * 1024;
const cleared = '\x1b[H\x1b[2J\x1b[3J';

export class DetachableLine extends Duplex {
  #end: Duplex | undefined;
  #said = Buffer.alloc(0);
  /** Ends the wait for whoever was there to take the last of it. */
  #release = () => {};

  constructor() {
    super({ allowHalfOpen: true });
  }

  /** Shows what was said last, and takes what is typed from now on; whoever was there before is let go with a word. */
  attach(end: Duplex): void {
    this.#end?.end('\r\n[detached]\r\n');
    this.#end = end;
    end.write(cleared);
    end.write(this.#said);
    this.#release();
    end.on('data', (bytes: Buffer) => this.#end === end && this.push(bytes));
    end.once('close', () => this.#letGo(end));
    end.once('end', () => this.#letGo(end));
  }

  /** Whoever is there, to be told how it ended. */
  get attached(): Duplex | undefined {
    return this.#end;
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#said = Buffer.concat([this.#said, bytes]).subarray(-keptBytes);
    const end = this.#end;
    if (!end || end.destroyed || end.writableEnded || end.write(bytes)) {
      done();
      return;
    }
    // As fast as it is taken; and when its line ends or another comes, as fast as it comes.
    const release = () => {
      if (this.#release !== release) return;
      this.#release = () => {};
      end.off('drain', release).off('close', release);
      done();
    };
    this.#release = release;
    end.once('drain', release).once('close', release);
  }

  #letGo(end: Duplex): void {
    if (this.#end === end) this.#end = undefined;
  }
}
