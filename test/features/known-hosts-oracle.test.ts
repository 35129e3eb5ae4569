/** Lines of known_hosts made at random are found here for exactly the names `ssh-keygen -F` finds them for. */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { matchesHost, parseKnownHosts } from '../../main/features/ssh/known-hosts-file.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { fc } from '../support/properties.ts';
import { createTempDir } from '../support/temp-dir.ts';

const run = promisify(execFile);
const directory = createTempDir('known-hosts');
afterAll(() => directory.remove());
const keys = [newKeyPair().public, newKeyPair().public, newKeyPair('ecdsa').public];

const names = ['box', 'box.example', 'db.example', '[box]:2222', '192.0.2.7', '[2001:db8::1]:22'];
const hashed = fc
  .tuple(fc.constantFrom(...names), fc.uint8Array({ minLength: 20, maxLength: 20 }))
  .map(([name, salt]) => {
    const hash = createHmac('sha1', salt).update(name).digest('base64');
    return `|1|${Buffer.from(salt).toString('base64')}|${hash}`;
  });
const patterns = fc
  .array(
    fc.constantFrom(
      ...names,
      ...['*', '*.example', 'b?x', '?', '192.0.2.*', '[*]:2222', '[box]:*'],
      ...['!box', '!*.example', '!db*', 'BOX', 'Box.Example'],
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.join(','));
const line = fc
  .tuple(
    fc.constantFrom('', '', '', '@revoked ', '@cert-authority ', '@odd '),
    fc.oneof(hashed, patterns, patterns),
    fc.constantFrom(...keys, 'ssh-ed25519 AAAA', 'ssh-ed25519'),
    fc.constantFrom('', ' a comment', '  '),
  )
  .map((parts) => parts[0] + parts[1] + (parts[0] === '' ? ' ' : '\t') + parts[2] + parts[3]);
const file = fc.array(
  fc.oneof({ weight: 8, arbitrary: line }, fc.constantFrom('', '# comment', '  # another')),
  { maxLength: 8 },
);

/** Keys by their marker, as ssh-keygen prints them. */
async function asSshKeygen(path: string, name: string): Promise<readonly string[]> {
  const found = await run('ssh-keygen', ['-F', name, '-f', path]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  );
  return found.stdout.split('\n').flatMap((text) => {
    const words = text.trim().split(/\s+/);
    if (words[0] === '' || words[0] === '#') return [];
    const marker = words[0]?.startsWith('@') ? words.shift() : '';
    // ssh-keygen shows what is no whole key too; no connection is ever judged by it.
    const key = `${words[1]} ${words[2]}`;
    return keys.includes(key) ? [`${marker} ${key}`] : [];
  });
}

const asHere = (text: string, name: string): readonly string[] =>
  parseKnownHosts(text)
    .filter((known) => matchesHost(known, name))
    .map(({ marker, type, key }) => {
      return `${marker ? `@${marker}` : ''} ${type} ${key.toString('base64')}`;
    });

describe('a known_hosts file', () => {
  it('knows the hosts that ssh-keygen finds in it', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.constantFrom(...names), async (lines, name) => {
        const text = `${lines.join('\n')}\n`;
        const path = join(directory.path, 'known_hosts');
        writeFileSync(path, text);
        expect(asHere(text, name)).toEqual(await asSshKeygen(path, name));
      }),
      { numRuns: 200 },
    );
  });
});
