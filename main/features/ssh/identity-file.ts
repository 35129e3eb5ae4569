/** A private key's file as a login needs it: its text, its public half even while it is locked, and what lies beside it. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ssh2 from 'ssh2';
import { readSmallFile } from '../../core/read-small-file.ts';

export interface IdentityFile {
  /** As a person knows it: the name in the home directory's `.ssh`, else the path. */
  readonly name: string;
  /** Undefined where only the public half lies here, because an agent holds the other. */
  readonly text: string | undefined;
  /** The key as a server knows it; undefined where only the passphrase would tell. */
  readonly publicKey: Buffer | undefined;
  readonly hasCertificate: boolean;
  /** Where its passphrase rests in the vault. */
  readonly passphraseId: string;
}

export const largestKeyBytes = 64 * 1024;

/** @returns undefined when there is neither a private nor a public key */
export function readIdentityFile(homeDirectory: string, path: string): IdentityFile | undefined {
  const content = readSmallFile(path, largestKeyBytes);
  const text = /PRIVATE KEY-----|^PuTTY-User-Key-File/m.test(content ?? '') ? content : undefined;
  const publicKey =
    publicKeyIn(content) ??
    lockedPublicKey(text) ??
    publicKeyIn(readSmallFile(`${path}.pub`, largestKeyBytes));
  if (text === undefined && publicKey === undefined) return undefined;
  const isUsual = dirname(path) === join(homeDirectory, '.ssh');
  const name = isUsual ? basename(path) : path;
  return {
    name,
    text,
    publicKey,
    hasCertificate: existsSync(`${path.replace(/\.pub$/, '')}-cert.pub`),
    passphraseId: `${isUsual ? 'local-key' : 'key-file'}/${name}/passphrase`,
  };
}

function publicKeyIn(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const parsed = ssh2.utils.parseKey(text);
  return parsed instanceof Error ? undefined : parsed.getPublicSSH();
}

const magic = 'openssh-key-v1\0';

/** OpenSSH's own format keeps the public half in the clear before what is locked (PROTOCOL.key). */
function lockedPublicKey(text: string | undefined): Buffer | undefined {
  const [, base64] = /BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text ?? '') ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined;
  let at = magic.length;
  const next = (): Buffer => {
    const start = at + 4;
    at = start + bytes.readUInt32BE(at);
    return bytes.subarray(start, at);
  };
  try {
    for (const _field of ['cipher', 'key derivation', 'its options']) next();
    at += 4; // the number of keys, always one
    return next();
  } catch {
    return undefined;
  }
}
