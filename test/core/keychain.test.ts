/** The vault with a keychain: one that refuses, one that changes, one that is gone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Platform } from '../../main/platform/platform.ts';
import { createTestKeychain, offering, withoutKeychain } from '../support/test-platform.ts';
import {
  canary,
  createVaultDirectory,
  password,
  type VaultDirectory,
} from '../support/vault-directory.ts';

let directory: VaultDirectory;
beforeEach(() => {
  directory = createVaultDirectory();
});
afterEach(() => directory.remove());
const open = (lent?: Partial<Platform>) => directory.open(lent);

describe('with a keychain', () => {
  it('secrets are sealed by it without a question, and come back after a restart', async () => {
    const keychain = createTestKeychain();
    const { vault } = await open(offering(keychain));
    expect(vault.status()).toMatchObject({ mode: 'keychain', keychainAvailable: true });
    await vault.save('a/1', canary);
    expect(directory.onDisk()).not.toContain('CANARY');
    const { vault: next } = await open(offering(createTestKeychain()));
    expect(await next.read('a/1')).toBe(canary);
  });

  it('that refuses, the failure says so and nothing is lost', async () => {
    const keychain = createTestKeychain();
    const { vault } = await open(offering(keychain));
    await vault.save('a/1', canary);
    keychain.refuse(true);
    const refusal = { code: 'unauthenticated', retryable: true, rule: { id: 'keychain-refused' } };
    await expect(vault.read('a/1')).rejects.toMatchObject(refusal);
    await expect(vault.save('a/2', canary)).rejects.toMatchObject(refusal);
    keychain.refuse(false);
    expect(await vault.read('a/1')).toBe(canary);
    expect(vault.has('a/2')).toBe(false);
  });

  it('a record moved to another server is not read', async () => {
    const { vault } = await open(offering(createTestKeychain()));
    await vault.save('a/1', canary);
    const saved = JSON.parse(readFileSync(directory.file, 'utf8'));
    saved.records['a/2'] = saved.records['a/1'];
    writeFileSync(directory.file, JSON.stringify(saved));
    const { vault: next } = await open(offering(createTestKeychain()));
    expect(await next.read('a/2')).toBeUndefined();
    expect(await next.read('a/1')).toBe(canary);
  });

  it.each([
    ['another one', offering(createTestKeychain('other_keyring'))],
    ['none at all', withoutKeychain('basic_text')],
  ])(
    'that became %s, secrets are kept, counted, said, and asked for again',
    async (_what, lent) => {
      const { vault } = await open(offering(createTestKeychain()));
      await vault.save('a/1', canary);
      await vault.save('a/2', canary);
      const changed = await open(lent);
      expect(changed.vault.status()).toMatchObject({ savedSecrets: 2, unreadableSecrets: 2 });
      expect(changed.noticed()).toMatchObject([
        { id: 'vault-backend-changed', params: { count: 2 } },
      ]);
      expect(await changed.vault.read('a/1')).toBeUndefined();
      expect(changed.vault.has('a/1')).toBe(true);
      if (changed.vault.isSetUp()) {
        await changed.vault.save('a/1', 'CANARY-typed-again');
        expect(await changed.vault.read('a/1')).toBe('CANARY-typed-again');
      }
      const { vault: back, noticed } = await open(offering(createTestKeychain()));
      expect(await back.read('a/2')).toBe(canary);
      expect(noticed()).toHaveLength(changed.vault.isSetUp() ? 1 : 0);
    },
  );

  it('a master password may still be chosen, and old secrets stay readable', async () => {
    const { vault } = await open(offering(createTestKeychain()));
    await vault.save('a/1', canary);
    await vault.setUpMaster(password);
    await vault.save('a/2', canary);
    expect(await vault.read('a/1')).toBe(canary);
    expect(await vault.read('a/2')).toBe(canary);
  });
});
