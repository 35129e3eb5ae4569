/** OpenBSD's bcrypt_pbkdf, with which OpenSSH makes a key of a passphrase; the package brings no types. */
declare module 'bcrypt-pbkdf' {
  /** Fills `key`. @returns 0 when it worked */
  function pbkdf(
    passphrase: Uint8Array,
    passphraseLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): number;
}
