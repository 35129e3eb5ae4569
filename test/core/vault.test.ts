/** The vault without a keychain, and what it does with files that somebody changed. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMasterKey, openMasterKey } from '../../main/core/master-password.ts';
import type { Platform } from '../../main/platform/platform.ts';
import { withoutKeychain } from '../support/test-platform.ts';
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

describe('without a keychain', () => {
  it.each(['none', 'basic_text'])(
    '%s: nothing is saved until the operator has chosen',
    async (backend) => {
      const { vault } = await open(withoutKeychain(backend));
      expect(vault.status()).toEqual({
        mode: 'unset',
        backend,
        keychainAvailable: false,
        savedSecrets: 0,
        unreadableSecrets: 0,
      });
      expect(vault.isSetUp()).toBe(false);
      await expect(vault.save('a/1', canary)).rejects.toMatchObject({
        code: 'conflict',
        rule: { id: 'vault-not-set-up' },
      });
      expect(directory.onDisk()).not.toContain('CANARY');
    },
  );

  it('in memory, a secret is there until the end and never on disk', async () => {
    const { vault, told } = await open();
    vault.setUpMemory();
    await vault.save('a/1', canary);
    expect(await vault.read('a/1')).toBe(canary);
    expect(told.at(-1)).toMatchObject({ mode: 'memory', savedSecrets: 1 });
    vault.remove('a/1');
    expect(await vault.read('a/1')).toBeUndefined();
    await vault.save('a/1', canary);
    expect(directory.onDisk()).not.toContain('CANARY');
    const next = await open();
    expect(next.vault.status().mode).toBe('unset');
    expect(await next.vault.read('a/1')).toBeUndefined();
  });
});

describe('under a master password', () => {
  it('a secret comes back after a restart, with the right password only', async () => {
    const { vault } = await open();
    await vault.setUpMaster(password);
    await vault.save('a/1', canary);
    expect(statSync(directory.file).mode & 0o777).toBe(0o600);
    expect(directory.onDisk()).not.toContain('CANARY');

    const { vault: next, told } = await open();
    expect(next.status()).toMatchObject({ mode: 'master-locked', savedSecrets: 1 });
    expect([next.has('a/1'), next.isLockedFor('a/1'), next.isLockedFor('a/2')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await next.read('a/1')).toBeUndefined();
    await expect(next.save('a/2', canary)).rejects.toMatchObject({
      code: 'unauthenticated',
      rule: { id: 'vault-locked' },
    });
    expect(await next.unlock('CANARY-wrong-password')).toBe(false);
    expect(await next.read('a/1')).toBeUndefined();
    expect(await next.unlock(password)).toBe(true);
    expect(told.at(-1)?.mode).toBe('master-open');
    expect(await next.read('a/1')).toBe(canary);
    next.lock();
    expect(await next.read('a/1')).toBeUndefined();
  });

  it('many secrets are written at once', async () => {
    const { vault, told } = await open();
    await vault.setUpMaster(password);
    const before = told.length;
    await vault.saveAll(
      new Map(Array.from({ length: 50 }, (_, at) => [`a/${at}`, `secret ${at}`])),
    );
    expect(told.slice(before)).toMatchObject([{ savedSecrets: 50 }]);
    expect(await vault.read('a/49')).toBe('secret 49');
  });

  it('the same password typed with composed or decomposed letters is the same', async () => {
    const { saved } = await createMasterKey('Zürich-öffne'.normalize('NFC'), 2 ** 14);
    expect(await openMasterKey(saved, 'Zürich-öffne'.normalize('NFD'))).toBeDefined();
    expect(await openMasterKey(saved, 'Zurich-offne')).toBeUndefined();
  });

  it('what was kept in memory until now is kept from now on', async () => {
    const { vault } = await open();
    vault.setUpMemory();
    await vault.save('a/1', canary);
    await vault.setUpMaster(password);
    expect(await vault.read('a/1')).toBe(canary);
    const { vault: next } = await open();
    await next.unlock(password);
    expect(await next.read('a/1')).toBe(canary);
    expect(next.status()).toMatchObject({ mode: 'master-open', savedSecrets: 1 });
  });

  it('a second set-up is refused, also while the first is under way', async () => {
    const { vault } = await open();
    vault.setUpMemory();
    await vault.save('a/1', canary);
    const both = await Promise.allSettled([
      vault.setUpMaster(password),
      vault.setUpMaster('another password'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await vault.read('a/1')).toBe(canary);
    expect(() => vault.setUpMemory()).toThrow('vault-already-set-up');
    await expect(vault.setUpMaster(password)).rejects.toMatchObject({
      rule: { id: 'vault-already-set-up' },
    });
  });

  it('secrets of any length and any letters come back as they were', async () => {
    await directory.writeMasterVault();
    const { vault } = await open();
    await vault.unlock(password);
    const secrets = ['x', ' \n\t ', '密碼🔑', '"\\\u0000', 'k'.repeat(64 * 1024), 'a\ud800b'];
    for (const [index, secret] of secrets.entries()) await vault.save(`a/${index}`, secret);
    const { vault: next } = await open();
    await next.unlock(password);
    for (const [index, secret] of secrets.entries()) {
      expect(await next.read(`a/${index}`)).toBe(Buffer.from(secret).toString());
    }
  });

  type SavedVault = {
    master: { salt: string; cost: number; check: string };
    records: Record<string, { backend: string; sealed: string }>;
  };
  const change = (edit: (saved: SavedVault) => void) => {
    const saved = JSON.parse(readFileSync(directory.file, 'utf8')) as SavedVault;
    edit(saved);
    writeFileSync(directory.file, JSON.stringify(saved));
  };
  const flip = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[15] = (bytes[15] ?? 0) ^ 1;
    return bytes.toString('base64');
  };

  it.each<[string, (saved: SavedVault) => void, string | undefined]>([
    [
      'with one bit changed is not read',
      ({ records }) =>
        Object.assign(records['a/1'] ?? {}, { sealed: flip(records['a/1']?.sealed ?? '') }),
      undefined,
    ],
    [
      'moved to another server is not read',
      ({ records }) => Object.assign(records, { 'a/1': records['a/2'] }),
      undefined,
    ],
    [
      'cut off is not read',
      ({ records }) => Object.assign(records['a/1'] ?? {}, { sealed: 'AAAA' }),
      undefined,
    ],
    ['left alone is read', () => {}, canary],
  ])('a record %s', async (_what, edit, expected) => {
    await directory.writeMasterVault();
    change(edit);
    const { vault: next } = await open();
    expect(await next.unlock(password)).toBe(true);
    expect(await next.read('a/1')).toBe(expected);
  });

  it('a changed check makes every password wrong, and destroys nothing', async () => {
    await directory.writeMasterVault();
    const whole = readFileSync(directory.file, 'utf8');
    change(({ master }) => Object.assign(master, { check: flip(master.check) }));
    const { vault: next } = await open();
    expect(await next.unlock(password)).toBe(false);
    writeFileSync(directory.file, whole);
    const { vault: restored } = await open();
    expect(await restored.unlock(password)).toBe(true);
    expect(await restored.read('a/1')).toBe(canary);
  });
});

describe('a damaged vault file', () => {
  const damages = ['', '{', 'null', '{"version":2}', '\u0000\u0000', '{"version":1,"records":[]}'];

  it.each(damages)('%j is kept aside and said', async (damage) => {
    writeFileSync(directory.file, damage);
    const { vault, noticed } = await open();
    expect(vault.status()).toMatchObject({ mode: 'unset', savedSecrets: 0 });
    const [notice] = noticed();
    expect(notice?.id).toBe('vault-damaged');
    expect(readFileSync(String(notice?.params?.file), 'utf8')).toBe(damage);
    expect(readdirSync(directory.path)).not.toContain('vault.json');
  });

  it.each(damages)('%j is replaced by the newest whole backup', async (damage) => {
    await directory.writeMasterVault();
    await open(); // a start keeps a backup
    writeFileSync(directory.file, damage);
    const { vault: next, noticed } = await open();
    expect(noticed().map(({ id }) => id)).toEqual(['vault-restored']);
    expect(readdirSync(directory.path).filter((name) => name.includes('.damaged-'))).toHaveLength(
      1,
    );
    await next.unlock(password);
    expect(await next.read('a/1')).toBe(canary);
  });

  it('that cannot be derived in sensible time is not tried', async () => {
    await directory.writeMasterVault();
    const saved = JSON.parse(readFileSync(directory.file, 'utf8'));
    writeFileSync(
      directory.file,
      JSON.stringify({ ...saved, master: { ...saved.master, cost: 2 ** 30 } }),
    );
    expect((await open()).noticed().map(({ id }) => id)).toEqual(['vault-damaged']);
  });
});

it('every secret and password that passes is taken out of texts from then on', async () => {
  await directory.writeMasterVault();
  const { vault, redactor } = await open();
  await vault.unlock('CANARY-mistyped');
  await vault.unlock(password);
  await vault.read('a/1');
  await vault.save('a/3', 'CANARY-saved');
  const text = redactor.redact(`${password} ${canary} CANARY-mistyped CANARY-saved`);
  expect(text).not.toContain('CANARY');
});
