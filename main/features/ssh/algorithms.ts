/** Which algorithms are offered: strongest first, no SHA-1, CBC or 3DES, and only what the running crypto really has. */
import { getCiphers, getCurves } from 'node:crypto';
import type { Algorithms } from 'ssh2';

/** ssh2's names and, where they differ in Node (OpenSSL) and Electron (BoringSSL), what crypto must know. */
const ciphers = [
  ['aes128-gcm@openssh.com', 'aes-128-gcm'],
  ['aes256-gcm@openssh.com', 'aes-256-gcm'],
  ['chacha20-poly1305@openssh.com', 'chacha20'],
  ['aes128-ctr', 'aes-128-ctr'],
  ['aes192-ctr', 'aes-192-ctr'],
  ['aes256-ctr', 'aes-256-ctr'],
] as const;

const exchanges = [
  ['curve25519-sha256', undefined],
  ['curve25519-sha256@libssh.org', undefined],
  ['ecdh-sha2-nistp256', 'prime256v1'],
  ['ecdh-sha2-nistp384', 'secp384r1'],
  ['ecdh-sha2-nistp521', 'secp521r1'],
  ['diffie-hellman-group14-sha256', undefined],
  ['diffie-hellman-group16-sha512', undefined],
] as const;

const hostKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const;

const macs = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
] as const;

export interface Crypto {
  readonly ciphers: readonly string[];
  readonly curves: readonly string[];
}

export const runningCrypto = (): Crypto => ({ ciphers: getCiphers(), curves: getCurves() });

/** @param knownTypes types of the host keys already known; asked for first, so that a known server shows its known key */
export function chooseAlgorithms(
  crypto: Crypto,
  knownTypes: readonly string[],
): Required<Pick<Algorithms, 'cipher' | 'kex' | 'serverHostKey' | 'hmac' | 'compress'>> {
  const names = new Set(knownTypes.flatMap(signatureNames));
  return {
    cipher: ciphers.filter(([, needs]) => crypto.ciphers.includes(needs)).map(([name]) => name),
    kex: exchanges
      .filter(([, needs]) => needs === undefined || crypto.curves.includes(needs))
      .map(([name]) => name),
    serverHostKey: [...hostKeyTypes].sort(
      (one, other) => Number(names.has(other)) - Number(names.has(one)),
    ),
    hmac: [...macs],
    compress: ['none'],
  };
}

const signatureNames = (type: string): readonly string[] =>
  type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type];
