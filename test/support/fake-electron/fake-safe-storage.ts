/** A keychain that can be locked, absent, or the fixed password of `basic_text`; only its asynchronous half exists. */

export interface FakeSafeStorage {
  backend: string;
  isAvailable: boolean;
  isLocked: boolean;
}

const mark = 'sealed:';

export function createFakeSafeStorage(): FakeSafeStorage {
  const keychain = {
    backend: 'gnome_libsecret',
    isAvailable: true,
    isLocked: false,
    getSelectedStorageBackend: () => keychain.backend,
    isAsyncEncryptionAvailable: async () => keychain.isAvailable,
    async encryptStringAsync(text: string) {
      if (keychain.isLocked) throw new Error('Cannot create an item in a locked collection');
      return Buffer.from(mark + Buffer.from(text).toString('hex'));
    },
    async decryptStringAsync(sealed: Buffer) {
      if (keychain.isLocked) throw new Error('the collection is locked');
      const text = sealed.toString();
      if (!text.startsWith(mark)) throw new Error('not sealed by this keychain');
      const result = Buffer.from(text.slice(mark.length), 'hex').toString();
      return { shouldReEncrypt: false, result };
    },
  };
  return keychain;
}
