/** An SSH server that goes on talking before anybody judged its key: what it is told by then is kept as it came over the line. */
import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { addressPort, listen } from './listening.ts';

export interface EarlyServer {
  readonly port: number;
  /** Everything that came after the keys were agreed on, as it came: readable as far as it was not encrypted. */
  toldSince(): string;
  stop(): Promise<void>;
}

/** RFC 4253, section 12; RFC 4252, section 6. */
const messages = {
  serviceAccept: 6,
  keyExchangeInit: 20,
  newKeys: 21,
  keyExchangeStart: 30,
  keyExchangeReply: 31,
  loginFailure: 51,
  loginSuccess: 52,
  loginQuestion: 60,
} as const;

export const serviceAccept = (): Buffer =>
  Buffer.concat([byte(messages.serviceAccept), text('ssh-userauth')]);
export const loginFailure = (methods: string): Buffer =>
  Buffer.concat([byte(messages.loginFailure), text(methods), byte(0)]);
/** Begins to exchange keys anew. */
export const keysAnew = (): Buffer => keyExchangeInit();
/** Shows a key of another server in that exchange; how it is signed is of no interest by then. */
export function anotherKey(): Buffer {
  const { publicKey } = generateKeyPairSync('ed25519');
  return keyExchangeReply(rawKey(publicKey), Buffer.alloc(32, 9), Buffer.alloc(64));
}
export const loginSuccess = (): Buffer => byte(messages.loginSuccess);
/** One field that is not shown while it is typed. */
export const loginQuestion = (label: string): Buffer =>
  Buffer.concat([
    byte(messages.loginQuestion),
    text('title'),
    text('instructions'),
    text(''),
    uint32(1),
    text(label),
    byte(0),
  ]);

/** @param words the first is said as soon as the keys are there, each other one as soon as the client says something */
export async function startEarlyServer(words: readonly Buffer[]): Promise<EarlyServer> {
  const told: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    converse(socket, words, (bytes) => told.push(bytes));
  });
  await listen(server);
  return {
    port: addressPort(server),
    toldSince: () => Buffer.concat(told).toString('latin1'),
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: Socket, words: readonly Buffer[], hear: (bytes: Buffer) => void): void {
  const ourVersion = 'SSH-2.0-early';
  const ourInit = keyExchangeInit();
  const unsaid = [...words];
  let theirVersion: string | undefined;
  let theirInit: Buffer = Buffer.alloc(0);
  let unread: Buffer = Buffer.alloc(0);
  let say: ((payload: Buffer) => Buffer) | undefined;
  socket.write(`${ourVersion}\r\n`);
  socket.write(clear(ourInit));

  socket.on('data', (bytes: Buffer) => {
    if (say) {
      hear(bytes);
      goOn();
      return;
    }
    unread = Buffer.concat([unread, bytes]);
    const end = unread.indexOf('\r\n');
    if (theirVersion === undefined && end >= 0) {
      theirVersion = unread.toString('latin1', 0, end);
      unread = unread.subarray(end + 2);
    }
    if (theirVersion === undefined) return;
    for (let payload = take(); payload && !say; payload = take()) {
      if (payload[0] === messages.keyExchangeInit) theirInit = payload;
      if (payload[0] !== messages.keyExchangeStart) continue;
      const agreed = agree(payload, { ourVersion, theirVersion, ourInit, theirInit });
      socket.write(clear(agreed.reply));
      socket.write(clear(byte(messages.newKeys)));
      say = agreed.say;
      goOn();
    }
  });

  function goOn(): void {
    const word = unsaid.shift();
    if (word && say) socket.write(say(word));
  }

  /** The next whole message that is not encrypted. */
  function take(): Buffer | undefined {
    if (unread.length < 5) return undefined;
    const length = unread.readUInt32BE(0);
    if (unread.length < 4 + length) return undefined;
    const payload = unread.subarray(5, 4 + length - (unread[4] ?? 0));
    unread = unread.subarray(4 + length);
    return payload;
  }
}

interface Said {
  readonly ourVersion: string;
  readonly theirVersion: string;
  readonly ourInit: Buffer;
  readonly theirInit: Buffer;
}

/** The server's half of curve25519-sha256 (RFC 8731), signed with a key made for this once. */
function agree(start: Buffer, { ourVersion, theirVersion, ourInit, theirInit }: Said) {
  const theirPublic = start.subarray(5);
  const own = generateKeyPairSync('x25519');
  const host = generateKeyPairSync('ed25519');
  const ourPublic = rawKey(own.publicKey);
  const shared = integer(
    diffieHellman({ privateKey: own.privateKey, publicKey: x25519Key(theirPublic) }),
  );
  const hostKey = publicHostKey(rawKey(host.publicKey));
  const said = [text(theirVersion), text(ourVersion), block(theirInit), block(ourInit)];
  const exchanged = [block(hostKey), block(theirPublic), block(ourPublic), shared];
  const hash = digest(...said, ...exchanged);
  const signature = sign(undefined, hash, createPrivateKey(host.privateKey.export(asPem)));
  const derive = (letter: string, length: number) =>
    digest(shared, hash, Buffer.from(letter), hash).subarray(0, length);
  const key = derive('D', 16);
  const nonce = derive('B', 12);
  const reply = keyExchangeReply(rawKey(host.publicKey), ourPublic, signature);
  return { reply, say: (payload: Buffer) => sealed(payload, key, nonce) };
}

const publicHostKey = (raw: Buffer): Buffer => Buffer.concat([text('ssh-ed25519'), block(raw)]);

const keyExchangeReply = (hostKey: Buffer, ourPublic: Buffer, signature: Buffer): Buffer =>
  Buffer.concat([
    byte(messages.keyExchangeReply),
    block(publicHostKey(hostKey)),
    block(ourPublic),
    block(Buffer.concat([text('ssh-ed25519'), block(signature)])),
  ]);

const asPem = { type: 'pkcs8', format: 'pem' } as const;

/** One packet of aes128-gcm@openssh.com (RFC 5647); counts the nonce on. */
function sealed(payload: Buffer, key: Buffer, nonce: Buffer): Buffer {
  const packet = padded(payload, 0);
  const length = packet.subarray(0, 4);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  cipher.setAAD(length);
  const body = Buffer.concat([cipher.update(packet.subarray(4)), cipher.final()]);
  nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) + 1n, 4);
  return Buffer.concat([length, body, cipher.getAuthTag()]);
}

const clear = (payload: Buffer): Buffer => padded(payload, 4);

/** RFC 4253, section 6. @param lengthBytes how many bytes of the length field count for the padding */
function padded(payload: Buffer, lengthBytes: 0 | 4): Buffer {
  const blockBytes = 16;
  const padding = 2 * blockBytes - ((lengthBytes + 1 + payload.length) % blockBytes);
  return Buffer.concat([
    uint32(1 + payload.length + padding),
    byte(padding),
    payload,
    Buffer.alloc(padding),
  ]);
}

function keyExchangeInit(): Buffer {
  const cipher = 'aes128-gcm@openssh.com';
  const lists = ['curve25519-sha256', 'ssh-ed25519', cipher, cipher];
  const others = ['hmac-sha2-256', 'hmac-sha2-256', 'none', 'none', '', ''];
  const names = [...lists, ...others].map(text);
  return Buffer.concat([
    byte(messages.keyExchangeInit),
    Buffer.alloc(16),
    ...names,
    Buffer.alloc(5),
  ]);
}

const rawKey = (key: KeyObject): Buffer =>
  Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
const x25519Key = (raw: Buffer): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
const digest = (...parts: readonly Buffer[]): Buffer =>
  createHash('sha256').update(Buffer.concat(parts)).digest();
const byte = (value: number): Buffer => Buffer.from([value]);
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
const block = (bytes: Buffer): Buffer => Buffer.concat([uint32(bytes.length), bytes]);
const text = (words: string): Buffer => block(Buffer.from(words));
/** RFC 4251, section 5: no needless zeros, and never negative. */
function integer(bytes: Buffer): Buffer {
  const start = bytes.findIndex((value) => value !== 0);
  const digits = start < 0 ? Buffer.alloc(0) : bytes.subarray(start);
  return block((digits[0] ?? 0) < 128 ? digits : Buffer.concat([byte(0), digits]));
}
