/** Files of other programs: whatever stands in their place, reading it ends. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSmallFile } from '../../main/core/read-small-file.ts';
import { readIdentityFile } from '../../main/features/ssh/identity-file.ts';
import { openKnownHosts } from '../../main/features/ssh/known-hosts.ts';
import { listLocalKeys } from '../../main/features/ssh/local-keys.ts';
import { createTempDir } from '../support/temp-dir.ts';

const home = createTempDir('small-file');
const inSsh = (name: string) => join(home.path, '.ssh', name);
beforeAll(() => mkdirSync(inSsh('')));
afterAll(() => home.remove());

it('is whole, or nothing at all', () => {
  writeFileSync(inSsh('text'), 'twelve bytes');
  expect(readSmallFile(inSsh('text'), 12)).toBe('twelve bytes');
  expect(readSmallFile(inSsh('text'), 11)).toBeUndefined();
  expect(readSmallFile(inSsh('missing'), 12)).toBeUndefined();
  expect(readSmallFile(inSsh(''), 12)).toBeUndefined();
});

describe.skipIf(process.platform === 'win32')('a pipe, or a device without an end', () => {
  beforeAll(() => {
    execFileSync('mkfifo', ['-m', '600', inSsh('pipe'), inSsh('key.pub')]);
    symlinkSync('/dev/zero', inSsh('zero'));
  });

  it('is no key', () => {
    expect(listLocalKeys(home.path)).toEqual([]);
    for (const name of ['pipe', 'zero', 'key']) {
      expect(readIdentityFile(home.path, inSsh(name))).toBeUndefined();
    }
  });

  it('knows no host', () => {
    const known = openKnownHosts(home.path, [inSsh('pipe')]);
    expect(known.knownTypes('box', [], [inSsh('zero')])).toEqual([]);
  });
});
