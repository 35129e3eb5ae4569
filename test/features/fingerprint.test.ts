/** Fingerprints and pictures of host keys, as ssh-keygen prints them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeKey, picture } from '../../main/features/ssh/fingerprint.ts';
import { run } from '../support/child.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('fingerprint');
afterAll(() => directory.remove());

describe('a key is described as ssh-keygen describes it', () => {
  it.each([
    ['ed25519', 256],
    ['ecdsa', 256],
    ['ecdsa', 384],
    ['ecdsa', 521],
    ['rsa', 2048],
    ['rsa', 3072],
  ] as const)('%s of %i bits: fingerprint and picture', async (kind, bits) => {
    for (let round = 0; round < (kind === 'rsa' ? 1 : 5); round += 1) {
      const key = newKeyPair(kind, bits).public;
      const blob = Buffer.from(key.split(' ')[1] ?? '', 'base64');
      const file = join(directory.path, `${kind}-${bits}.pub`);
      writeFileSync(file, `${key}\n`);
      const [summary = '', ...drawn] = (await run('ssh-keygen', ['-lv', '-f', file])).split('\n');
      expect(describeKey(blob).fingerprint).toBe(summary.split(' ')[1]);
      expect(picture(blob)).toBe(drawn.join('\n').trim());
    }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['three bytes', Buffer.from([0, 0, 1])],
    ['a length that lies', Buffer.from([255, 255, 255, 255, 65])],
    ['an empty type', Buffer.from([0, 0, 0, 0])],
    ['a type with control characters', Buffer.from([0, 0, 0, 3, 27, 91, 65])],
  ])('%s is not a key', (_what, blob) => {
    expect(() => describeKey(blob)).toThrow('not a key');
  });
});
