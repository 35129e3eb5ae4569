/** The operating system's keychain by Electron's safeStorage, through its asynchronous half only. */
import type { KeychainOffer } from '../platform.ts';
import type { Electron } from './electron.ts';

/** Linux backends that are not a keychain: a fixed password, or asked too early. */
const unsafeBackends = ['basic_text', 'unknown'];

/** After the application is ready. */
export async function offerKeychain(
  safeStorage: Electron['safeStorage'],
  system: NodeJS.Platform,
): Promise<KeychainOffer> {
  const backend = backendOf(safeStorage, system);
  if (unsafeBackends.includes(backend)) return { kind: 'unavailable', backend };
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return { kind: 'unavailable', backend };
  return {
    kind: 'available',
    keychain: {
      backend,
      seal: (text) => safeStorage.encryptStringAsync(text),
      // `shouldReEncrypt` is left alone: the record still opens, and is sealed anew when next saved.
      unseal: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
    },
  };
}

function backendOf(safeStorage: Electron['safeStorage'], system: NodeJS.Platform): string {
  if (system === 'linux') return safeStorage.getSelectedStorageBackend();
  return system === 'darwin' ? 'keychain' : 'dpapi';
}
