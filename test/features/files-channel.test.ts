/** One SFTP channel against bytes of our own: cut anywhere, silent, or not of the protocol. */

import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ClientChannel } from 'ssh2';
import { expect, it } from 'vitest';
import { BufferPool } from '../../main/features/files/buffer-pool.ts';
import { greetSftp } from '../../main/features/files/sftp.ts';
import { SftpChannel } from '../../main/features/files/sftp-channel.ts';

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const packet = (...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([number(body.length), body]);
};
const version = packet(Buffer.of(2), number(3));
const data = (id: number, bytes: Buffer) =>
  packet(Buffer.of(103), number(id), number(bytes.length), bytes);

/** What the server says is pushed; what it is told is counted. */
function createChannel() {
  const written: Buffer[] = [];
  const stream = Object.assign(new PassThrough(), {
    stderr: new PassThrough(),
    close: () => stream.emit('close'),
    write: (bytes: Buffer) => {
      written.push(bytes);
      return true;
    },
  });
  return {
    channel: stream as unknown as ClientChannel,
    written,
    say: (bytes: Buffer) => stream.emit('data', bytes),
    stream,
  };
}

it('reads the same answers however the bytes are cut', async () => {
  const content = Buffer.from(Array.from({ length: 40_000 }, (_, index) => index % 251));
  for (const size of [1, 3, 4, 5, 1000, 32_768, 100_000]) {
    const { channel, say } = createChannel();
    const sftp = new SftpChannel(channel);
    say(version);
    const ready = await greetSftp(sftp);
    const reads = [1, 2, 3].map(() => ready.read(Buffer.from('h'), 0, content.length));
    const bytes = Buffer.concat([1, 2, 3].map((id) => data(id, content)));
    for (let at = 0; at < bytes.length; at += size) say(bytes.subarray(at, at + size));
    for (const read of reads) expect((await read)?.equals(content)).toBe(true);
    sftp.close();
  }
});

it('sends the small requests of one turn together', async () => {
  const { channel, say, written } = createChannel();
  const sftp = new SftpChannel(channel);
  say(version);
  const ready = await greetSftp(sftp);
  const asked = Array.from({ length: 50 }, () => ready.remove('/x').catch(() => {}));
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toHaveLength(2); // the greeting, and all of them
  sftp.close();
  await Promise.all(asked);
});

it('takes a server that is silent with a question open for dead, and one with none for idle', async () => {
  const { channel, say } = createChannel();
  const sftp = new SftpChannel(channel, 80);
  say(version);
  const ready = await greetSftp(sftp);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sftp.isClosed).toBe(false);
  await expect(ready.stat('/x')).rejects.toMatchObject({
    code: 'timeout',
    rule: { id: 'sftp-silent' },
  });
  expect(sftp.isClosed).toBe(true);
});

it.each([
  ['an endless packet', Buffer.concat([version, number(0xffff_ffff)])],
  ['an answer to nothing', Buffer.concat([version, packet(Buffer.of(101), number(99), number(0))])],
  ['an empty packet', Buffer.concat([version, number(0)])],
])('closes at %s', async (_name, bytes) => {
  const { channel, say } = createChannel();
  const sftp = new SftpChannel(channel);
  say(bytes);
  await greetSftp(sftp);
  expect(sftp.isClosed).toBe(true);
  await expect(new Promise((_resolve, reject) => sftp.onClose(reject))).rejects.toMatchObject({
    rule: { id: 'sftp-broken' },
  });
});

it('buffers that nobody gives back are let go of', async () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const pool = new BufferPool(256 * 1024);
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 200; count += 1) {
    pool.take(100_000);
    if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const grown = () => {
    collect();
    return process.memoryUsage().arrayBuffers - before;
  };
  await expect.poll(grown).toBeLessThan(5 * 1024 * 1024);
  pool.give(pool.take(10));
});
