/** What can be asked of a server over SFTP, one call for each request, with the extensions of OpenSSH where they are there. */
import type { Extensions, SftpChannel } from './sftp-channel.ts';
import { brokenChannel, sftpRefusal, status } from './sftp-failure.ts';
import {
  type Attributes,
  openFlag,
  type PacketReader,
  type PacketWriter,
  request,
  response,
} from './sftp-packet.ts';

/** A file or directory that is open on the server; opaque. */
export type Handle = Buffer;

export interface NamedEntry {
  readonly name: string;
  /** A line as of `ls -l`; hostile text. */
  readonly line: string;
  readonly attributes: Attributes;
}

export interface Space {
  readonly bytesFree: number;
  readonly filesFree: number;
}

/** Every server of the protocol takes that much. */
const safeBytes = 32 * 1024;
/** More brings nothing, and a hostile server may say anything. */
const mostBytes = 255 * 1024;

/** @returns the operations, once the server has greeted. @throws CloudError */
export async function greetSftp(channel: SftpChannel): Promise<Sftp> {
  const extensions = await channel.extensions;
  if (!extensions.has('limits@openssh.com')) return new Sftp(channel, extensions, {});
  const answer = await channel.ask(request.extended, '', response.extendedReply, (packet) =>
    packet.text('limits@openssh.com'),
  );
  answer?.large(); // the longest packet
  return new Sftp(channel, extensions, { read: answer?.large(), write: answer?.large() });
}

const within = (told: number | undefined): number =>
  told === undefined || told <= 0 ? safeBytes : Math.min(told, mostBytes);

export class Sftp {
  /** The most bytes of one request. */
  readonly readBytes: number;
  readonly writeBytes: number;
  readonly channel: SftpChannel;
  private readonly extensions: Extensions;

  constructor(
    channel: SftpChannel,
    extensions: Extensions,
    limits: { readonly read?: number | undefined; readonly write?: number | undefined },
  ) {
    this.channel = channel;
    this.extensions = extensions;
    this.readBytes = within(limits.read);
    this.writeBytes = within(limits.write);
  }

  get canReplace(): boolean {
    return this.extensions.has('posix-rename@openssh.com');
  }

  async open(path: string, flags: number, attributes: Attributes = {}): Promise<Handle> {
    const fill = (packet: PacketWriter) => packet.text(path).number(flags).attributes(attributes);
    return (await this.must(request.open, path, response.handle, fill)).bytes();
  }

  async close(handle: Handle): Promise<void> {
    await this.done(request.close, '', (packet) => packet.bytes(handle));
  }

  /** @returns undefined at the end of the file; fewer bytes than asked for are no end */
  async read(handle: Handle, offset: number, length: number): Promise<Buffer | undefined> {
    const answer = await this.channel.ask(request.read, '', response.data, (packet) =>
      packet.bytes(handle).offset(offset).number(length),
    );
    const bytes = answer?.bytes();
    if (bytes && (bytes.length > length || bytes.length === 0)) {
      const failure = brokenChannel('sftp-broken', `${bytes.length} bytes for ${length}`);
      this.channel.close(failure);
      throw failure;
    }
    return bytes;
  }

  /** @param pieces of what is written, which must stay as they are until it is */
  async write(handle: Handle, offset: number, pieces: readonly Uint8Array[]): Promise<void> {
    await this.done(request.write, '', (packet) =>
      packet.bytes(handle).offset(offset).pieces(pieces),
    );
  }

  stat(path: string): Promise<Attributes> {
    return this.attributes(request.stat, path, (packet) => packet.text(path));
  }

  /** Of a link itself. */
  lstat(path: string): Promise<Attributes> {
    return this.attributes(request.lstat, path, (packet) => packet.text(path));
  }

  fstat(handle: Handle): Promise<Attributes> {
    return this.attributes(request.fstat, '', (packet) => packet.bytes(handle));
  }

  async setstat(path: string, attributes: Attributes): Promise<void> {
    await this.done(request.setstat, path, (packet) => packet.text(path).attributes(attributes));
  }

  async fsetstat(handle: Handle, attributes: Attributes): Promise<void> {
    await this.done(request.fsetstat, '', (packet) => packet.bytes(handle).attributes(attributes));
  }

  async openDirectory(path: string): Promise<Handle> {
    const fill = (packet: PacketWriter) => packet.text(path);
    return (await this.must(request.opendir, path, response.handle, fill)).bytes();
  }

  /** @returns the next page; undefined after the last */
  async readDirectory(handle: Handle, path: string): Promise<readonly NamedEntry[] | undefined> {
    const answer = await this.channel.ask(request.readdir, path, response.name, (packet) =>
      packet.bytes(handle),
    );
    return answer && names(answer);
  }

  async remove(path: string): Promise<void> {
    await this.done(request.remove, path, (packet) => packet.text(path));
  }

  async makeDirectory(path: string): Promise<void> {
    await this.done(request.mkdir, path, (packet) => packet.text(path).attributes({}));
  }

  async removeDirectory(path: string): Promise<void> {
    await this.done(request.rmdir, path, (packet) => packet.text(path));
  }

  /** @throws when something has the new name */
  async rename(from: string, to: string): Promise<void> {
    await this.done(request.rename, from, (packet) => packet.text(from).text(to));
  }

  /** Takes the place of what has the new name, at one stroke; only where `canReplace`. */
  async replace(from: string, to: string): Promise<void> {
    await this.extended('posix-rename@openssh.com', from, (packet) => packet.text(from).text(to));
  }

  async realPath(path: string): Promise<string> {
    return this.oneName(request.realpath, path);
  }

  /** What a link says, whether that is there or not. */
  async readLink(path: string): Promise<string> {
    return this.oneName(request.readlink, path);
  }

  /** Until the bytes are on the disk, where the server offers that. */
  async sync(handle: Handle): Promise<void> {
    if (!this.extensions.has('fsync@openssh.com')) return;
    await this.extended('fsync@openssh.com', '', (packet) => packet.bytes(handle));
  }

  /** @returns undefined where the server does not tell */
  async space(path: string): Promise<Space | undefined> {
    const name = 'statvfs@openssh.com';
    if (!this.extensions.has(name)) return undefined;
    const answer = await this.must(request.extended, path, response.extendedReply, (packet) =>
      packet.text(name).text(path),
    );
    // f_bsize, f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree, f_favail
    answer.large();
    const blockBytes = answer.large();
    answer.large();
    answer.large();
    const blocksFree = answer.large();
    const files = answer.large();
    answer.large();
    const filesFree = answer.large();
    // Some file systems count no files at all.
    return { bytesFree: blocksFree * blockBytes, filesFree: files === 0 ? 1 : filesFree };
  }

  private async extended(
    name: string,
    path: string,
    fill: (packet: PacketWriter) => PacketWriter,
  ): Promise<void> {
    await this.done(request.extended, path, (packet) => fill(packet.text(name)));
  }

  private async done(
    type: number,
    path: string,
    fill: (packet: PacketWriter) => PacketWriter,
  ): Promise<void> {
    await this.channel.ask(type, path, response.status, fill);
  }

  private async attributes(
    type: number,
    path: string,
    fill: (packet: PacketWriter) => PacketWriter,
  ): Promise<Attributes> {
    return (await this.must(type, path, response.attributes, fill)).attributes();
  }

  private async oneName(type: number, path: string): Promise<string> {
    const fill = (packet: PacketWriter) => packet.text(path);
    const [entry] = names(await this.must(type, path, response.name, fill));
    if (!entry) throw sftpRefusal(status.failure, 'no name', path);
    return entry.name;
  }

  private async must(
    type: number,
    path: string,
    expected: number,
    fill: (packet: PacketWriter) => PacketWriter,
  ): Promise<PacketReader> {
    const answer = await this.channel.ask(type, path, expected, fill);
    if (!answer) throw sftpRefusal(status.failure, 'an empty answer', path);
    return answer;
  }
}

function names(answer: PacketReader): readonly NamedEntry[] {
  const entries: NamedEntry[] = [];
  for (let left = answer.number(); left > 0; left -= 1) {
    entries.push({ name: answer.text(), line: answer.text(), attributes: answer.attributes() });
  }
  return entries;
}

/** Flags of an open, by what it is for. */
export const opening = {
  reading: openFlag.read,
  /** A new file; fails where something is. */
  creating: openFlag.write | openFlag.create | openFlag.exclusive,
  /** A file that is there, as it is. */
  changing: openFlag.read | openFlag.write,
} as const;
