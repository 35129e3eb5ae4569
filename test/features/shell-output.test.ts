/** A shell whose reader is behind: its far end sends what it was allowed and no more, and all of that arrives. */
import { once } from 'node:events';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShellOutput } from '../../main/features/ssh/shell-output.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { addressPort } from '../support/listening.ts';

const mebibyte = 1024 * 1024;
const pieceBytes = 32 * 1024;

let server: ssh2.Server;
let client: ssh2.Client;
let far: ssh2.ServerChannel;
let near: ssh2.ClientChannel;

beforeEach(async () => {
  server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      session.on('shell', (acceptShell) => {
        far = acceptShell();
      });
      session.on('exec', (acceptExec) => {
        const channel = acceptExec();
        channel.exit(0);
        channel.end();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new ssh2.Client();
  client.connect({ host: '127.0.0.1', port: addressPort(server), username: 'ada' });
  await once(client, 'ready');
  near = await new Promise((resolve, reject) => {
    client.shell((error, channel) => (error ? reject(error) : resolve(channel)));
  });
});

afterEach(async () => {
  client.destroy();
  server.close();
  await once(server, 'close');
});

/** Numbered bytes, so that every loss, every addition and every repetition shows. */
function numbered(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32BE(at, at);
  return bytes;
}

function say(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    far.write(bytes.subarray(at, at + pieceBytes));
  }
}

/** Until nothing more comes: each command is answered after all that was allowed before it was asked. */
async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await new Promise<void>((resolve, reject) => {
      client.exec('true', (error, channel) => {
        if (error) reject(error);
        else channel.on('close', resolve).resume();
      });
    });
  }
}

it('reads on as long as nobody is behind', async () => {
  const bytes = numbered(8 * mebibyte);
  const taken: Buffer[] = [];
  createShellOutput(near, (piece) => taken.push(piece));
  say(bytes);
  await settle();
  expect(Buffer.concat(taken).equals(bytes)).toBe(true);
});

it('lets the far end send what it was allowed at first, and not a byte more', async () => {
  const bytes = numbered(8 * mebibyte);
  const output = createShellOutput(near, () => {});
  output.hold(true);
  say(bytes);
  await settle();
  expect(bytes.length - far.writableLength).toBe(2 * mebibyte);
});

it('is never further ahead of a slow reader than what it may send and half as much, and loses nothing', async () => {
  const bytes = numbered(8 * mebibyte);
  const taken: Buffer[] = [];
  let drawn = 0;
  let most = 0;
  const length = () => taken.reduce((sum, piece) => sum + piece.length, 0);
  const output = createShellOutput(near, (piece) => {
    taken.push(piece);
    output.hold(true);
  });
  say(bytes);
  for (;;) {
    await settle();
    most = Math.max(most, bytes.length - far.writableLength - drawn);
    if (length() === bytes.length) break;
    drawn = length();
    output.hold(false);
  }
  expect(most).toBeLessThanOrEqual(3 * mebibyte + pieceBytes);
  expect(Buffer.concat(taken).equals(bytes)).toBe(true);
});

it('ends only after the last byte was taken, also when it ended while it was to wait', async () => {
  const bytes = numbered(2 * mebibyte);
  const taken: Buffer[] = [];
  let isClosed = false;
  const output = createShellOutput(near, (piece) => taken.push(piece));
  near.on('close', () => {
    isClosed = true;
  });
  output.hold(true);
  say(bytes);
  far.exit(0);
  far.end();
  await settle();
  expect(isClosed).toBe(false);
  output.hold(false);
  await expect.poll(() => isClosed).toBe(true);
  expect(Buffer.concat(taken).equals(bytes)).toBe(true);
});
