/** The keychain is offered only where it is one, and what it seals it opens again. */
import { expect, test } from 'vitest';
import { offerKeychain } from '../../main/platform/electron/keychain.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

test.each(['basic_text', 'unknown'])('on Linux %s is no keychain', async (backend) => {
  const { electron, safeStorage } = createFakeElectron();
  safeStorage.backend = backend;
  await expect(offerKeychain(electron.safeStorage, 'linux')).resolves.toEqual({
    kind: 'unavailable',
    backend,
  });
});

test.each([
  ['linux', 'gnome_libsecret'],
  ['darwin', 'keychain'],
  ['win32', 'dpapi'],
] as const)(
  'on %s the backend is %s, unless it says it is not available',
  async (system, backend) => {
    const { electron, safeStorage } = createFakeElectron();
    const offer = await offerKeychain(electron.safeStorage, system);
    expect(offer).toMatchObject({ kind: 'available', keychain: { backend } });
    safeStorage.isAvailable = false;
    await expect(offerKeychain(electron.safeStorage, system)).resolves.toEqual({
      kind: 'unavailable',
      backend,
    });
  },
);

test('a secret comes back as it went in, and is not readable between', async () => {
  const { electron } = createFakeElectron();
  const offer = await offerKeychain(electron.safeStorage, 'linux');
  if (offer.kind !== 'available') throw new Error('no keychain');
  const sealed = await offer.keychain.seal('密碼 CANARY');
  expect(Buffer.from(sealed).toString()).not.toContain('CANARY');
  await expect(offer.keychain.unseal(new Uint8Array(sealed))).resolves.toBe('密碼 CANARY');
});

test('a locked keychain throws; it never hands back the plain text', async () => {
  const { electron, safeStorage } = createFakeElectron();
  const offer = await offerKeychain(electron.safeStorage, 'linux');
  if (offer.kind !== 'available') throw new Error('no keychain');
  safeStorage.isLocked = true;
  await expect(offer.keychain.seal('secret')).rejects.toThrow('locked collection');
});
