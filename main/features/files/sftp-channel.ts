/** One SFTP channel: requests go out many at once, several to a packet, and each gets its own answer. */
import type { ClientChannel } from 'ssh2';
import type { CloudError } from '../../../preload/contract/errors.ts';
import { BufferPool } from './buffer-pool.ts';
import { PacketSplitter } from './packet-splitter.ts';
import { brokenChannel, noSftp, sftpRefusal, status } from './sftp-failure.ts';
import { MalformedPacket, PacketReader, PacketWriter, request, response } from './sftp-packet.ts';

/** With answers outstanding, a server that says nothing for this long is taken for dead. */
const longestSilenceMs = 45_000;

/** The longest answer of OpenSSH's, and what is in front of it. */
const pooledPacketBytes = 256 * 1024 + 1024;
/** Pieces from here on are packets of their own: putting them together would copy them. */
const ownPacketBytes = 16 * 1024;

interface Waiting {
  readonly path: string;
  readonly expected: number;
  resolve(answer: PacketReader | undefined): void;
  reject(failure: CloudError): void;
}

/** Extensions the server named, each with its version. */
export type Extensions = ReadonlyMap<string, string>;

export class SftpChannel {
  /** When the last answer came; a channel that never answered is not used. */
  private heardAt = performance.now();
  private lastId = 0;
  private failure: CloudError | undefined;
  private outbox: Buffer[] = [];
  private readonly pool = new BufferPool(pooledPacketBytes);
  private readonly waiting = new Map<number, Waiting>();
  private readonly channel: ClientChannel;
  private readonly silenceMs: number;
  private readonly watch: NodeJS.Timeout;
  private greet: ((extensions: Extensions) => void) | undefined;
  private refuse: (failure: CloudError) => void = () => {};
  private readonly greeting: Promise<Extensions>;
  private readonly closeHandlers: ((failure: CloudError) => void)[] = [];

  constructor(channel: ClientChannel, silenceMs = longestSilenceMs) {
    this.channel = channel;
    this.silenceMs = silenceMs;
    this.greeting = new Promise((resolve, reject) => {
      this.greet = resolve;
      this.refuse = reject;
    });
    this.greeting.catch(() => {});
    const splitter = new PacketSplitter(this.pool, (packet) => this.take(packet));
    channel.on('data', (bytes: Buffer) => {
      this.heardAt = performance.now();
      try {
        if (!this.failure) splitter.push(bytes);
      } catch (error) {
        // Text of a start-up file in front of the protocol, or an enemy.
        const detail = error instanceof MalformedPacket ? error.message : '';
        this.close(this.greet ? noSftp('sftp-noise') : brokenChannel('sftp-broken', detail));
      }
    });
    channel.stderr.resume();
    channel.on('error', () => {});
    // A program that ends before it greets is not there, or none of this kind; a line that breaks ends no program.
    let hasExited = false;
    channel.on('exit', () => {
      hasExited = true;
    });
    channel.on('close', () => {
      this.close(this.greet && hasExited ? noSftp('no-sftp') : brokenChannel('sftp-closed'));
    });
    this.watch = setInterval(() => this.lookForSilence(), silenceMs / 8).unref();
    const hello = new PacketWriter(request.init, 3);
    channel.write(Buffer.concat(hello.finish()));
  }

  /** Resolves once the server has said its version. @throws CloudError */
  get extensions(): Promise<Extensions> {
    return this.greeting;
  }

  get isClosed(): boolean {
    return this.failure !== undefined;
  }

  /** Requests without an answer yet. */
  get outstanding(): number {
    return this.waiting.size;
  }

  onClose(handler: (failure: CloudError) => void): void {
    if (this.failure) handler(this.failure);
    else this.closeHandlers.push(handler);
  }

  /**
   * @param path what it is about, for words
   * @param expected the type of a good answer; `status` is OK
   * @returns undefined for OK and for the end of a file or directory
   * @throws CloudError
   */
  ask(
    type: number,
    path: string,
    expected: number,
    fill: (packet: PacketWriter) => PacketWriter,
  ): Promise<PacketReader | undefined> {
    if (this.failure) return Promise.reject(this.failure);
    this.lastId = (this.lastId + 1) >>> 0;
    const id = this.lastId;
    if (this.waiting.size === 0) this.heardAt = performance.now();
    const answer = new Promise<PacketReader | undefined>((resolve, reject) => {
      this.waiting.set(id, { path, expected, resolve, reject });
    });
    // Requests of one turn of the event loop share packets: small ones would each cost a system call.
    if (this.outbox.length === 0) setImmediate(() => this.flush());
    this.outbox.push(...fill(new PacketWriter(type, id)).finish());
    return answer;
  }

  /** The bytes of an answer are used up: what they lie in is used again. */
  recycle(bytes: Buffer): void {
    this.pool.give(bytes);
  }

  close(failure: CloudError = brokenChannel('sftp-closed')): void {
    if (this.failure) return;
    this.failure = failure;
    clearInterval(this.watch);
    this.refuse(failure);
    this.channel.close();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const one of waiting) one.reject(failure);
    for (const handler of this.closeHandlers.splice(0)) handler(failure);
  }

  private flush(): void {
    const { outbox } = this;
    this.outbox = [];
    if (this.failure) return;
    let small: Buffer[] = [];
    for (const piece of outbox) {
      if (piece.length < ownPacketBytes) small.push(piece);
      else {
        this.channel.write(Buffer.concat(small));
        this.channel.write(piece);
        small = [];
      }
    }
    if (small.length > 0) this.channel.write(Buffer.concat(small));
  }

  private take(packet: Buffer): void {
    const reader = new PacketReader(packet);
    const type = reader.byte();
    if (this.greet) {
      if (type !== response.version) throw new MalformedPacket(`type ${type} before the version`);
      this.takeVersion(reader, this.greet);
      return;
    }
    const id = reader.number();
    const waiting = this.waiting.get(id);
    if (!waiting) throw new MalformedPacket(`an answer to nothing (${id})`);
    this.waiting.delete(id);
    if (type === response.status) this.takeStatus(reader, waiting);
    else if (type === waiting.expected) waiting.resolve(reader);
    else {
      this.waiting.set(id, waiting);
      throw new MalformedPacket(`type ${type} for ${waiting.expected}`);
    }
  }

  private takeVersion(reader: PacketReader, greet: (extensions: Extensions) => void): void {
    const version = reader.number();
    if (version < 3) throw new MalformedPacket(`version ${version}`);
    const extensions = new Map<string, string>();
    while (!reader.isAtEnd) extensions.set(reader.text(), reader.text());
    this.greet = undefined;
    greet(extensions);
  }

  private takeStatus(reader: PacketReader, { path, expected, resolve, reject }: Waiting): void {
    const number = reader.number();
    const isGood = expected === response.status ? status.ok : status.endOfFile;
    if (number === isGood) resolve(undefined);
    else reject(sftpRefusal(number, reader.isAtEnd ? '' : reader.text(), path));
  }

  private lookForSilence(): void {
    const isWaiting = this.waiting.size > 0 || this.greet !== undefined;
    if (isWaiting && performance.now() - this.heardAt > this.silenceMs) {
      this.close(brokenChannel('sftp-silent'));
    }
  }
}
