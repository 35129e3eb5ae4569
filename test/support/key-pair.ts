/** Key pairs for servers and clients of a test's own. */
import ssh2 from 'ssh2';

export interface KeyPair {
  /** OpenSSH's format, as text. */
  readonly private: string;
  /** `type base64`. */
  readonly public: string;
}

export function newKeyPair(type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519', bits = 256): KeyPair {
  for (;;) {
    const pair =
      type === 'ed25519'
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync(type, { bits });
    // ssh2 drops leading zero bytes of an Ed25519 key: one in 150 is none.
    if (ssh2.utils.parseKey(pair.private) instanceof Error) continue;
    return { private: pair.private, public: pair.public.split(' ').slice(0, 2).join(' ') };
  }
}
