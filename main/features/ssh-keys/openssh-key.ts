/** A new ed25519 key in OpenSSH's format of private keys (PROTOCOL.key). */
import { createCipheriv, generateKeyPairSync, randomBytes } from 'node:crypto';
import bcrypt from 'bcrypt-pbkdf';

const magic = 'openssh-key-v1\0';
const keyType = 'ssh-ed25519';
/** As many as `ssh-keygen` takes. */
const rounds = 24;
const saltBytes = 16;
const cipherKeyBytes = 32;
const cipherBlockBytes = 16;
const plainBlockBytes = 8;

export interface NewKey {
  /** The whole file. */
  readonly privateFile: string;
  /** A line of an authorized_keys file, with its end. */
  readonly publicFile: string;
}

/** @param passphrase absent: anyone who can read the file can use the key */
export function newOpensshKey(comment: string, passphrase: string | undefined): NewKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  // In both encodings the 32 bytes that matter stand last.
  const seed = privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(-32);
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  const publicBlob = Buffer.concat([string(keyType), string(point)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([
    ...[check, check],
    ...[string(keyType), string(point), string(Buffer.concat([seed, point])), string(comment)],
  ]);
  const body = passphrase === undefined ? plainBody(secret) : sealedBody(secret, passphrase);
  const { cipher, kdf, kdfOptions, content } = body;
  const file = Buffer.concat([
    Buffer.from(magic),
    ...[string(cipher), string(kdf), string(kdfOptions)],
    ...[number(1), string(publicBlob), string(content)],
  ]);
  return {
    privateFile: armoured(file),
    publicFile: `${keyType} ${publicBlob.toString('base64')}${comment ? ` ${comment}` : ''}\n`,
  };
}

interface Body {
  readonly cipher: string;
  readonly kdf: string;
  readonly kdfOptions: Buffer;
  readonly content: Buffer;
}

const plainBody = (secret: Buffer): Body => ({
  cipher: 'none',
  kdf: 'none',
  kdfOptions: Buffer.alloc(0),
  content: padded(secret, plainBlockBytes),
});

function sealedBody(secret: Buffer, passphrase: string): Body {
  const salt = randomBytes(saltBytes);
  const words = Buffer.from(passphrase, 'utf8');
  const made = Buffer.alloc(cipherKeyBytes + cipherBlockBytes);
  if (bcrypt.pbkdf(words, words.length, salt, salt.length, made, made.length, rounds) !== 0) {
    throw new Error('bcrypt_pbkdf refused its arguments');
  }
  const key = made.subarray(0, cipherKeyBytes);
  const cipher = createCipheriv('aes-256-ctr', key, made.subarray(cipherKeyBytes));
  return {
    cipher: 'aes256-ctr',
    kdf: 'bcrypt',
    kdfOptions: Buffer.concat([string(salt), number(rounds)]),
    content: Buffer.concat([cipher.update(padded(secret, cipherBlockBytes)), cipher.final()]),
  };
}

/** 1, 2, 3 … up to a whole block. */
function padded(content: Buffer, blockBytes: number): Buffer {
  const missing = (blockBytes - (content.length % blockBytes)) % blockBytes;
  return Buffer.concat([content, Buffer.from(Array.from({ length: missing }, (_, at) => at + 1))]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

function armoured(file: Buffer): string {
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  const name = 'OPENSSH PRIVATE KEY';
  return [`-----BEGIN ${name}-----`, ...lines, `-----END ${name}-----`, ''].join('\n');
}
