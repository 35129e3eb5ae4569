/** Settings and profiles: one validated JSON document, changed whole, with backups; a damaged one is kept aside and said. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { accountColours, usualTerminal } from '../../preload/contract/constants.ts';
import { type Preferences, preferencesSchema } from '../../preload/contract/settings.ts';
import { connectionOptionsSchema } from '../../preload/contract/ssh.ts';
import type { Platform, SettingsStore } from '../platform/platform.ts';
import { asDiskError, keepAside, listBackups, rotateBackups } from './files.ts';
import type { Notices } from './notices.ts';

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'system',
  terminal: usualTerminal,
};

const accountSchema = z.strictObject({
  id: z.string(),
  cloud: z.string(),
  name: z.string(),
  /** Belongs to the cloud, which validates it. Never holds a secret. */
  config: z.unknown(),
});

/** What an older version did not ask about is what it did. */
const tunnelSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['local', 'remote', 'dynamic']).default('local'),
  name: z.string().default(''),
  instance: z.string(),
  bindAddress: z.string().default('loopback'),
  localPort: z.int(),
  localHost: z.string().default(''),
  remoteHost: z.string(),
  remotePort: z.int(),
  startsWithApp: z.boolean().default(false),
  /** Present when a Jupyter server was found there: where it answers. */
  jupyterBasePath: z.string().optional(),
  /** Whether that server speaks TLS only. */
  jupyterSecure: z.boolean().optional(),
});

const terminalSchema = z.strictObject({
  id: z.string(),
  instance: z.string(),
  /** The instance's, until its cloud says it again. */
  name: z.string(),
  /** What the operator called it; empty: `name`. */
  title: z.string(),
  /** What its shell is to run in; the session's name there follows from the id. */
  shell: z.enum(['plain', 'tmux', 'screen']),
  /** The session's name, where it is not this terminal's own. */
  joins: z.string().optional(),
});

const accountPreferencesSchema = z.strictObject({
  defaultKey: z.string().optional(),
  colour: z.enum(accountColours).optional(),
});

/** Preferences that came later have their defaults in files written before. */
const storedPreferencesSchema = z.preprocess((stored) => {
  if (typeof stored !== 'object' || stored === null) return stored;
  const terminal = 'terminal' in stored ? stored.terminal : {};
  if (typeof terminal !== 'object') return stored;
  return { ...stored, terminal: { ...defaultPreferences.terminal, ...terminal } };
}, preferencesSchema);

const documentSchema = z.strictObject({
  version: z.literal(1).default(1),
  preferences: storedPreferencesSchema.default(defaultPreferences),
  accounts: z.array(accountSchema).default([]),
  tunnels: z.array(tunnelSchema).default([]),
  /** How instances are entered, by their keys; absent: as usual. */
  connectionOptions: z.record(z.string(), connectionOptionsSchema).default({}),
  /** By account. */
  accountPreferences: z.record(z.string(), accountPreferencesSchema).default({}),
  /** SHA-256 of the proxy command that was allowed, by instance. */
  proxyConsents: z.record(z.string(), z.string()).default({}),
  /** Whether OpenSSH's configuration includes the file of hosts kept here. */
  includeFile: z.boolean().default(false),
  /** Open terminals, to be there again after a restart. */
  terminals: z.array(terminalSchema).default([]),
  /** Keys of instances locked here against what ends them. */
  locks: z.array(z.string()).default([]),
  /** Whether the sandbox cloud is among the accounts. */
  sandbox: z.boolean().default(true),
  /** Made when it is first needed. */
  installation: z.string().optional(),
});

export type SettingsDocument = z.infer<typeof documentSchema>;
export type SavedAccount = z.infer<typeof accountSchema>;
export type SavedTunnel = z.infer<typeof tunnelSchema>;
export type SavedTerminal = z.infer<typeof terminalSchema>;

export interface Settings {
  read(): SettingsDocument;
  /**
   * Replaces top-level parts of the document, on disk first.
   * @throws CloudError when the disk refuses; nothing changes then
   */
  change(part: Partial<SettingsDocument>): SettingsDocument;
}

/** Reads `<dataDirectory>/settings.json`; when it is damaged, the newest backup that is whole; else defaults. */
export function openSettings(platform: Platform, notices: Notices): Settings {
  const file = join(platform.dataDirectory, 'settings.json');
  const { store, document } = openOrRestore(platform, file, notices);
  rotateBackups(file);
  let current = document;
  return {
    read: () => current,
    change(part) {
      const next = documentSchema.parse({ ...current, ...part });
      try {
        store.write(next);
      } catch (error) {
        throw asDiskError(error, file);
      }
      current = next;
      return current;
    },
  };
}

interface Opened {
  readonly store: SettingsStore;
  readonly document: SettingsDocument;
}

function openOrRestore(platform: Platform, file: string, notices: Notices): Opened {
  const open = (): Opened => {
    const store = platform.openSettings();
    return { store, document: documentSchema.parse(store.read()) };
  };
  // The file itself is judged: a store makes a document of anything.
  if (existsSync(file) && !isWhole(file)) {
    const aside = keepAside(file, platform.clock.now());
    const backup = listBackups(file).find(isWhole);
    if (backup) {
      copyFileSync(backup, file);
      const params = { file: aside, backup: basename(backup) };
      notices.add('error', { id: 'settings-restored', params });
    } else {
      notices.add('error', { id: 'settings-damaged', params: { file: aside } });
    }
  }
  return open();
}

function isWhole(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  try {
    return documentSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
