/** Packets of version 3 of the SFTP protocol (draft-ietf-secsh-filexfer-02), written and read. */
import { CloudError } from '../../../preload/contract/errors.ts';
import { bytesOf, textOf } from './remote-text.ts';

export const request = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  extended: 200,
} as const;

export const response = {
  version: 2,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attributes: 105,
  extendedReply: 201,
} as const;

export const openFlag = {
  read: 0x01,
  write: 0x02,
  create: 0x08,
  truncate: 0x10,
  exclusive: 0x20,
} as const;

/** A file's attributes as the server says them; what it left out is absent. */
export interface Attributes {
  readonly size?: number;
  readonly userId?: number;
  readonly groupId?: number;
  /** Kind and permission bits together, as in `st_mode`. */
  readonly mode?: number;
  /** Seconds since 1970. */
  readonly modifiedAt?: number;
}

const attribute = { size: 0x1, owner: 0x2, mode: 0x4, times: 0x8, extended: 0x8000_0000 } as const;

/** Something that is not of the protocol: the channel cannot be trusted any more. */
export class MalformedPacket extends CloudError {
  constructor(detail: string) {
    super('network', detail, { rule: { id: 'sftp-broken', params: { detail } } });
  }
}

/** One request, its length and number in front. */
export class PacketWriter {
  private readonly parts: Buffer[] = [];
  private length = 0;

  constructor(type: number, id: number) {
    this.push(Buffer.of(type)).number(id);
  }

  number(value: number): this {
    const piece = Buffer.allocUnsafe(4);
    piece.writeUInt32BE(value);
    return this.push(piece);
  }

  offset(value: number): this {
    const piece = Buffer.allocUnsafe(8);
    piece.writeUInt32BE(Math.floor(value / 2 ** 32));
    piece.writeUInt32BE(value % 2 ** 32, 4);
    return this.push(piece);
  }

  bytes(value: Uint8Array): this {
    this.number(value.length);
    return this.push(value);
  }

  /** The value in pieces, none of which is copied. */
  pieces(values: readonly Uint8Array[]): this {
    this.number(values.reduce((sum, { length }) => sum + length, 0));
    for (const value of values) this.push(value);
    return this;
  }

  text(value: string): this {
    return this.bytes(bytesOf(value));
  }

  attributes({ size, userId, groupId, mode, modifiedAt }: Attributes): this {
    const owned = userId !== undefined && groupId !== undefined;
    this.number(
      (size === undefined ? 0 : attribute.size) |
        (owned ? attribute.owner : 0) |
        (mode === undefined ? 0 : attribute.mode) |
        (modifiedAt === undefined ? 0 : attribute.times),
    );
    if (size !== undefined) this.offset(size);
    if (owned) this.number(userId).number(groupId);
    if (mode !== undefined) this.number(mode);
    if (modifiedAt !== undefined) this.number(modifiedAt).number(modifiedAt);
    return this;
  }

  finish(): readonly Buffer[] {
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(this.length);
    return [length, ...this.parts];
  }

  private push(piece: Uint8Array): this {
    this.parts.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    this.length += piece.length;
    return this;
  }
}

/** Reads one answer; every length in it is hostile. @throws MalformedPacket */
export class PacketReader {
  private at = 0;
  private readonly packet: Buffer;

  constructor(packet: Buffer) {
    this.packet = packet;
  }

  get isAtEnd(): boolean {
    return this.at >= this.packet.length;
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  /** Beyond 2^53 it is not exact; such sizes are only shown. */
  large(): number {
    const piece = this.take(8);
    return piece.readUInt32BE() * 2 ** 32 + piece.readUInt32BE(4);
  }

  bytes(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return textOf(this.bytes());
  }

  attributes(): Attributes {
    const flags = this.number();
    const has = (flag: number) => (flags & flag) !== 0;
    const size = has(attribute.size) ? { size: this.large() } : {};
    const owner = has(attribute.owner) ? { userId: this.number(), groupId: this.number() } : {};
    const mode = has(attribute.mode) ? { mode: this.number() } : {};
    let times = {};
    if (has(attribute.times)) {
      this.number(); // last access
      times = { modifiedAt: this.number() };
    }
    if (has(attribute.extended)) {
      for (let left = this.number(); left > 0; left -= 1) {
        this.bytes();
        this.bytes();
      }
    }
    return { ...size, ...owner, ...mode, ...times };
  }

  private take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.packet.length) throw new MalformedPacket('an answer ends too early');
    const piece = this.packet.subarray(this.at, end);
    this.at = end;
    return piece;
  }
}
