/** Where secrets rest: they go in and never come out; the page may only know how they are kept. */
import { z } from 'zod';
import { call, event, result } from './define.ts';

/** A secret on its way in. Bounded, so that no page can fill the vault. */
export const secretSchema = z
  .string()
  .min(1)
  .max(64 * 1024);

export type VaultMode =
  /** Nothing saved yet and no safe keychain: asked at the first secret. */
  | 'unset'
  /** Sealed by the operating system's keychain. */
  | 'keychain'
  /** Sealed under a master password, open or locked. */
  | 'master-open'
  | 'master-locked'
  /** Kept until the application ends, never written. */
  | 'memory';

export interface VaultStatus {
  readonly mode: VaultMode;
  /** The keychain's own name of its backend, or why there is none. */
  readonly backend: string;
  readonly keychainAvailable: boolean;
  readonly savedSecrets: number;
  /** Secrets sealed by another backend than today's: kept, not readable, asked for again when needed. */
  readonly unreadableSecrets: number;
}

export const vault = {
  status: call(z.strictObject({}), result<VaultStatus>()),
  setUp: call(
    z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('master'), password: z.string().min(8).max(1024) }),
      z.strictObject({ mode: z.literal('memory') }),
    ]),
    result<VaultStatus>(),
  ),
  unlock: call(
    z.strictObject({ password: z.string().min(1).max(1024) }),
    result<{ readonly kind: 'open' } | { readonly kind: 'wrong-password' }>(),
  ),
  lock: call(z.strictObject({}), result<VaultStatus>()),
  changed: event<VaultStatus>(),
};
