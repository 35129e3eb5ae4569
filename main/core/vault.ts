/** The vault: secrets sealed by the keychain or under a master password, or kept in memory only. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import type { Keychain, Platform } from '../platform/platform.ts';
import { keepAside, listBackups, rotateBackups, writeFileSafely } from './files.ts';
import type { Redactor } from './log.ts';
import {
  createMasterKey,
  type MasterKey,
  masterKeySchema,
  openMasterKey,
  openSealed,
  sealText,
} from './master-password.ts';
import type { Notices } from './notices.ts';

/** `backend` is who sealed the record: `master`, or `keychain:<name of its backend>`. */
const recordSchema = z.strictObject({ backend: z.string(), sealed: z.base64() });
const fileSchema = z.strictObject({
  version: z.literal(1),
  master: masterKeySchema.optional(),
  records: z.record(z.string(), recordSchema),
});
type VaultFile = z.infer<typeof fileSchema>;

export interface Vault {
  status(): VaultStatus;
  /** Whether `save` would work now; false means the operator has not said how secrets are kept. */
  isSetUp(): boolean;
  /** Whether the secret can be had only after `unlock`. */
  isLockedFor(id: string): boolean;
  /** Keeps a secret under an id. @throws CloudError unauthenticated `vault-locked`, conflict `vault-not-set-up`, quota `disk-full` */
  save(id: string, secret: string): Promise<void>;
  /** The same for many at a time: all of them in one write, or none. */
  saveAll(secrets: ReadonlyMap<string, string>): Promise<void>;
  /** @returns undefined when there is none, or none that can be read now */
  read(id: string): Promise<string | undefined>;
  has(id: string): boolean;
  /** Another one whenever the secret was saved, or came within reach, since the start. */
  versionOf(id: string): number;
  remove(id: string): void;
  setUpMaster(password: string): Promise<void>;
  setUpMemory(): void;
  /** @returns whether the password was right */
  unlock(password: string): Promise<boolean>;
  lock(): void;
}

/** Opens `<dataDirectory>/vault.json`; a damaged one is kept aside and said. */
export async function openVault(
  platform: Platform,
  notices: Notices,
  redactor: Redactor,
  onChange: (status: VaultStatus) => void,
): Promise<Vault> {
  const path = join(platform.dataDirectory, 'vault.json');
  const offer = await platform.keychain();
  const keychain: Keychain | undefined = offer.kind === 'available' ? offer.keychain : undefined;
  const backendName = offer.kind === 'available' ? offer.keychain.backend : offer.backend;
  const keychainId = `keychain:${backendName}`;
  let file = readVaultFile(path, platform, notices);
  rotateBackups(path);
  let masterKey: MasterKey | undefined;
  let memoryOnly = false;
  const memory = new Map<string, string>();
  const saves = new Map<string, number>();
  let openings = 0;

  const write = (next: VaultFile) => {
    writeFileSafely(path, JSON.stringify(next));
    file = next;
    onChange(status());
  };
  const isReadable = (backend: string) =>
    backend === 'master' ? file.master !== undefined : keychain && backend === keychainId;

  function status(): VaultStatus {
    const backends = Object.values(file.records).map((record) => record.backend);
    return {
      mode: mode(),
      backend: backendName,
      keychainAvailable: keychain !== undefined,
      savedSecrets: backends.length + memory.size,
      unreadableSecrets: backends.filter((backend) => !isReadable(backend)).length,
    };
  }

  function mode(): VaultStatus['mode'] {
    if (file.master) return masterKey ? 'master-open' : 'master-locked';
    if (memoryOnly) return 'memory';
    return keychain ? 'keychain' : 'unset';
  }

  const unreadable = status().unreadableSecrets;
  if (unreadable > 0) {
    const params = { count: unreadable, backend: backendName };
    notices.add('warning', { id: 'vault-backend-changed', params });
  }

  return {
    status,
    isSetUp: () => mode() !== 'unset',
    isLockedFor: (id) => mode() === 'master-locked' && file.records[id]?.backend === 'master',

    save: (id, secret) => saveAll(new Map([[id, secret]])),
    saveAll,

    async read(id) {
      const remembered = memory.get(id);
      if (remembered !== undefined) return remembered;
      const record = file.records[id];
      if (!record) return undefined;
      const secret = await open(id, record);
      if (secret !== undefined) redactor.learn(secret);
      return secret;
    },

    versionOf: (id) => openings + (saves.get(id) ?? 0),

    has: (id) => memory.has(id) || file.records[id] !== undefined,

    remove(id) {
      memory.delete(id);
      if (!file.records[id]) return;
      const { [id]: _gone, ...records } = file.records;
      write({ ...file, records });
    },

    async setUpMaster(password) {
      if (file.master) throw refusal('conflict', 'vault-already-set-up');
      redactor.learn(password);
      const created = await createMasterKey(password);
      // Somebody may have been faster while the key was derived.
      if (file.master) throw refusal('conflict', 'vault-already-set-up');
      masterKey = created.key;
      // What was kept in memory until now may be written from now on.
      const records = { ...file.records };
      for (const [id, secret] of memory) {
        records[id] = { backend: 'master', sealed: sealText(masterKey, id, secret) };
      }
      write({ ...file, master: created.saved, records });
      memory.clear();
      memoryOnly = false;
    },

    setUpMemory() {
      if (file.master) throw refusal('conflict', 'vault-already-set-up');
      memoryOnly = true;
      onChange(status());
    },

    async unlock(password) {
      if (!file.master) throw refusal('conflict', 'vault-not-set-up');
      redactor.learn(password);
      const key = await openMasterKey(file.master, password);
      // A wrong password leaves an open vault open.
      if (key) {
        masterKey = key;
        openings += 1;
      }
      onChange(status());
      return key !== undefined;
    },

    lock() {
      masterKey = undefined;
      onChange(status());
    },
  };

  async function saveAll(secrets: ReadonlyMap<string, string>): Promise<void> {
    await keep(secrets);
    for (const id of secrets.keys()) saves.set(id, (saves.get(id) ?? 0) + 1);
  }

  async function keep(secrets: ReadonlyMap<string, string>): Promise<void> {
    for (const secret of secrets.values()) redactor.learn(secret);
    switch (mode()) {
      case 'unset':
        throw refusal('conflict', 'vault-not-set-up');
      case 'master-locked':
        throw refusal('unauthenticated', 'vault-locked');
      case 'memory':
        for (const [id, secret] of secrets) memory.set(id, secret);
        onChange(status());
        return;
      case 'master-open': {
        const key = masterKey as MasterKey;
        const sealed = Array.from(secrets, ([id, secret]) => {
          const record = { backend: 'master', sealed: sealText(key, id, secret) };
          return [id, record] as const;
        });
        write({ ...file, records: { ...file.records, ...Object.fromEntries(sealed) } });
        return;
      }
      case 'keychain': {
        const sealed: Record<string, z.infer<typeof recordSchema>> = {};
        for (const [id, secret] of secrets) {
          const bytes = await sealWith(keychain as Keychain, `${id}\n${secret}`);
          sealed[id] = { backend: keychainId, sealed: Buffer.from(bytes).toString('base64') };
        }
        write({ ...file, records: { ...file.records, ...sealed } });
      }
    }
  }

  async function open(
    id: string,
    record: z.infer<typeof recordSchema>,
  ): Promise<string | undefined> {
    if (record.backend === 'master') {
      return masterKey && openSealed(masterKey, id, record.sealed);
    }
    if (!keychain || record.backend !== keychainId) return undefined;
    try {
      const text = await keychain.unseal(Buffer.from(record.sealed, 'base64'));
      // The id is sealed with the secret, so that a record moved to another id does not open.
      return text.startsWith(`${id}\n`) ? text.slice(id.length + 1) : undefined;
    } catch (error) {
      throw keychainRefusal(error);
    }
  }
}

async function sealWith(keychain: Keychain, text: string): Promise<Uint8Array> {
  try {
    return await keychain.seal(text);
  } catch (error) {
    throw keychainRefusal(error);
  }
}

function keychainRefusal(error: unknown): CloudError {
  return new CloudError('unauthenticated', 'the keychain refused', {
    rule: { id: 'keychain-refused' },
    retryable: true,
    cause: error,
  });
}

function readVaultFile(path: string, platform: Platform, notices: Notices): VaultFile {
  const empty: VaultFile = { version: 1, records: {} };
  if (!existsSync(path)) return empty;
  const whole = parseVaultFile(path);
  if (whole) return whole;
  const aside = keepAside(path, platform.clock.now());
  for (const backup of listBackups(path)) {
    const restored = parseVaultFile(backup);
    if (!restored) continue;
    writeFileSafely(path, JSON.stringify(restored));
    notices.add('error', { id: 'vault-restored', params: { file: aside } });
    return restored;
  }
  notices.add('error', { id: 'vault-damaged', params: { file: aside } });
  return empty;
}

function parseVaultFile(path: string): VaultFile | undefined {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
