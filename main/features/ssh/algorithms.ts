/** Which algorithms are offered: strongest first, no SHA-1, CBC or 3DES, and only what the running crypto proved to do. */
import {
  createCipheriv,
  createDiffieHellmanGroup,
  createECDH,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import ssh2, {
  type CipherAlgorithm,
  type CompressionAlgorithm,
  type KexAlgorithm,
  type MacAlgorithm,
  type ServerHostKeyAlgorithm,
} from 'ssh2';

type Kind = 'cipher' | 'kex' | 'serverHostKey' | 'hmac';
type Offer = Readonly<Record<Kind, readonly string[]>>;

/** Names the running crypto and ssh2 can really do. */
export type Crypto = ReadonlySet<string>;

/** What Node (OpenSSL) and Electron (BoringSSL) differ in is tried out, because a listed name may still fail in use. */
const candidates: Readonly<Record<Kind, Readonly<Record<string, () => void>>>> = {
  cipher: {
    'aes128-gcm@openssh.com': () =>
      createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)),
    'aes256-gcm@openssh.com': () =>
      createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12)),
    'chacha20-poly1305@openssh.com': () =>
      createCipheriv('chacha20', Buffer.alloc(32), Buffer.alloc(16)),
    'aes128-ctr': () => createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)),
    'aes192-ctr': () => createCipheriv('aes-192-ctr', Buffer.alloc(24), Buffer.alloc(16)),
    'aes256-ctr': () => createCipheriv('aes-256-ctr', Buffer.alloc(32), Buffer.alloc(16)),
  },
  kex: {
    'curve25519-sha256': agreeByX25519,
    'curve25519-sha256@libssh.org': agreeByX25519,
    'ecdh-sha2-nistp256': () => createECDH('prime256v1').generateKeys(),
    'ecdh-sha2-nistp384': () => createECDH('secp384r1').generateKeys(),
    'ecdh-sha2-nistp521': () => createECDH('secp521r1').generateKeys(),
    'diffie-hellman-group14-sha256': () => createDiffieHellmanGroup('modp14'),
    'diffie-hellman-group16-sha512': () => createDiffieHellmanGroup('modp16'),
  },
  serverHostKey: {
    'ssh-ed25519': () => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      verify(null, probe, publicKey, sign(null, probe, privateKey));
    },
    'ecdsa-sha2-nistp256': () => signByCurve('prime256v1', 'sha256'),
    'ecdsa-sha2-nistp384': () => signByCurve('secp384r1', 'sha384'),
    'ecdsa-sha2-nistp521': () => signByCurve('secp521r1', 'sha512'),
    'rsa-sha2-512': () => verifyByRsa('sha512'),
    'rsa-sha2-256': () => verifyByRsa('sha256'),
  },
  hmac: {
    'hmac-sha2-256-etm@openssh.com': () => createHmac('sha256', probe),
    'hmac-sha2-512-etm@openssh.com': () => createHmac('sha512', probe),
    'hmac-sha2-256': () => createHmac('sha256', probe),
    'hmac-sha2-512': () => createHmac('sha512', probe),
  },
};
const kinds: readonly Kind[] = ['cipher', 'kex', 'serverHostKey', 'hmac'];

const probe = Buffer.from('Pilothouse');

function agreeByX25519(): void {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  diffieHellman({ privateKey, publicKey });
}

function signByCurve(namedCurve: string, hash: string): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  verify(hash, probe, publicKey, sign(hash, probe, privateKey));
}

/** A number stands for the key: making a real one takes long, and here only a hash could be missing. */
function verifyByRsa(hash: string): void {
  const n = Buffer.alloc(256, 0xff).toString('base64url');
  const key = createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' });
  verify(hash, probe, key, Buffer.alloc(256, 1));
}

/** Tries everything once; some milliseconds. @param works whether a name can be used, by itself and by ssh2 */
export function runningCrypto(works = worksHere): Crypto {
  return new Set(
    kinds.flatMap((kind) =>
      Object.entries(candidates[kind]).flatMap(([name, use]) =>
        works(kind, name, use) ? [name] : [],
      ),
    ),
  );
}

function worksHere(kind: Kind, name: string, use: () => void): boolean {
  try {
    use();
  } catch {
    return false;
  }
  return isKnownToSsh2(kind, name);
}

/** ssh2 has lists of its own, and refuses a name that is not on them before it looks at anything else. */
function isKnownToSsh2(kind: Kind, name: string): boolean {
  try {
    new ssh2.Client().connect({ algorithms: { [kind]: [name] } });
  } catch (error) {
    return !/unsupported algorithm/i.test(String(error));
  }
  return true;
}

/** In ssh2's own words. */
interface ChosenAlgorithms {
  readonly cipher: CipherAlgorithm[];
  readonly kex: KexAlgorithm[];
  readonly serverHostKey: ServerHostKeyAlgorithm[];
  readonly hmac: MacAlgorithm[];
  readonly compress: CompressionAlgorithm[];
}

/** @param knownTypes types of the host keys already known; asked for first, so that a known server shows its known key */
export function chooseAlgorithms(crypto: Crypto, knownTypes: readonly string[]): ChosenAlgorithms {
  const names = new Set(knownTypes.flatMap(signatureNames));
  const offer = offered(crypto);
  return {
    ...(offer as ChosenAlgorithms),
    serverHostKey: [...offer.serverHostKey].sort(
      (one, other) => Number(names.has(other)) - Number(names.has(one)),
    ) as ServerHostKeyAlgorithm[],
    compress: ['none'],
  };
}

function offered(crypto: Crypto): Offer {
  const names = (kind: Kind) => Object.keys(candidates[kind]).filter((name) => crypto.has(name));
  return {
    cipher: names('cipher'),
    kex: names('kex'),
    serverHostKey: names('serverHostKey'),
    hmac: names('hmac'),
  };
}

/**
 * Where two lists share nothing: what ours was, and what the server's.
 * @returns the first kind for which nothing is shared, in the order they are agreed on
 */
export function findDisagreement(
  crypto: Crypto,
  theirs: Offer,
): { readonly kind: Kind; readonly ours: string; readonly theirs: string } | undefined {
  const ours = offered(crypto);
  const order: readonly Kind[] = ['kex', 'serverHostKey', 'cipher', 'hmac'];
  const kind = order.find(
    (candidate) => !ours[candidate].some((name) => theirs[candidate].includes(name)),
  );
  return kind && { kind, ours: ours[kind].join(', '), theirs: theirs[kind].join(', ') };
}

const signatureNames = (type: string): readonly string[] =>
  type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [type];
