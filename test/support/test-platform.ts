/** A platform of a test's own: plain Node, with a clock that stands still and a keychain that can change its mind. */
import type { Clock } from '../../main/core/clock.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import type { Keychain, Platform } from '../../main/platform/platform.ts';

export interface TestClock extends Clock {
  /** Wall-clock time in milliseconds; may be set back. */
  set(nowMs: number): void;
}

export function createTestClock(startMs = Date.parse('2026-11-20T08:00:00Z')): TestClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    monotonic: () => performance.now(),
    set(next) {
      nowMs = next;
    },
  };
}

export function createTestPlatform(
  dataDirectory: string,
  lent: Partial<Platform> = {},
): Platform & { readonly clock: Clock } {
  return {
    ...createNodePlatform({ dataDirectory, version: '0.0.0-test' }),
    homeDirectory: dataDirectory,
    environment: {},
    clock: createTestClock(),
    ...lent,
  };
}

export interface TestKeychain extends Keychain {
  /** From now on it refuses, as a locked one does. */
  refuse(refusing: boolean): void;
}

/** Seals so that the text is not to be seen, and only a keychain of the same backend opens it. */
export function createTestKeychain(backend = 'test_keyring'): TestKeychain {
  let refusing = false;
  const check = () => {
    if (refusing) throw new Error('the keyring is locked');
  };
  return {
    backend,
    async seal(text) {
      check();
      return Buffer.from(`${backend}:${Buffer.from(text).toString('hex')}`);
    },
    async unseal(sealed) {
      check();
      const [sealedBy, hex = ''] = Buffer.from(sealed).toString().split(':');
      if (sealedBy !== backend) throw new Error('not ours');
      return Buffer.from(hex, 'hex').toString();
    },
    refuse(next) {
      refusing = next;
    },
  };
}

export const offering = (keychain: Keychain): Pick<Platform, 'keychain'> => ({
  keychain: async () => ({ kind: 'available', keychain }),
});

export const withoutKeychain = (backend: string): Pick<Platform, 'keychain'> => ({
  keychain: async () => ({ kind: 'unavailable', backend }),
});
