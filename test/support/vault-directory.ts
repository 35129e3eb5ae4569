/** A data directory with a vault in it, opened as often as a test likes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEvents } from '../../main/core/events.ts';
import { createRedactor, type Redactor } from '../../main/core/log.ts';
import { createMasterKey, sealText } from '../../main/core/master-password.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openVault, type Vault } from '../../main/core/vault.ts';
import type { Platform } from '../../main/platform/platform.ts';
import type { TextRef } from '../../preload/contract/errors.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import { createTempDir } from './temp-dir.ts';
import { createTestPlatform, withoutKeychain } from './test-platform.ts';

export const canary = 'CANARY-secret';
export const password = 'CANARY-master-password';

interface OpenedVault {
  readonly vault: Vault;
  readonly redactor: Redactor;
  /** Every status told to pages. */
  readonly told: readonly VaultStatus[];
  noticed(): readonly TextRef[];
}

export interface VaultDirectory {
  readonly path: string;
  /** `vault.json`. */
  readonly file: string;
  /** Everything in every file. */
  onDisk(): string;
  /** A start of the application, without a keychain unless one is lent. */
  open(lent?: Partial<Platform>): Promise<OpenedVault>;
  /** Writes a vault under the master password with secrets `a/1` and `a/2`; its key is quick to derive. */
  writeMasterVault(): Promise<void>;
  remove(): void;
}

export function createVaultDirectory(): VaultDirectory {
  const { path, remove } = createTempDir('vault');
  const file = join(path, 'vault.json');
  return {
    path,
    file,
    onDisk: () =>
      readdirSync(path)
        .map((name) => readFileSync(join(path, name), 'latin1'))
        .join('\n'),
    async open(lent = withoutKeychain('none')) {
      const platform = createTestPlatform(path, lent);
      const notices = createNotices(createEvents(), platform.clock);
      const redactor = createRedactor();
      const told: VaultStatus[] = [];
      const vault = await openVault(platform, notices, redactor, (status) => told.push(status));
      return { vault, told, redactor, noticed: () => notices.list().map(({ text }) => text) };
    },
    async writeMasterVault() {
      const { key, saved } = await createMasterKey(password, 2 ** 14);
      const record = (id: string, secret: string) => ({
        backend: 'master',
        sealed: sealText(key, id, secret),
      });
      const records = { 'a/1': record('a/1', canary), 'a/2': record('a/2', 'CANARY-another') };
      writeFileSync(file, JSON.stringify({ version: 1, master: saved, records }));
    },
    remove,
  };
}
