/** Keys made here are keys to OpenSSH, every one of them; and nothing is ever written over. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeLocalKey, listLocalKeys } from '../../../main/features/ssh/local-keys.ts';
import { createKey } from '../../../main/features/ssh-keys/create-key.ts';
import { createTempDir, type TempDir } from '../../support/temp-dir.ts';

const run = promisify(execFile);
let home: TempDir;
beforeEach(() => {
  home = createTempDir('keys');
});
afterEach(() => home.remove());

const inSsh = (name: string) => join(home.path, '.ssh', name);
const make = (name: string, passphrase?: string, comment = 'ada@here') =>
  createKey(home.path, { name, comment, passphrase });
const readByOpenSsh = async (name: string, passphrase = '') =>
  (await run('ssh-keygen', ['-y', '-P', passphrase, '-f', inSsh(name)])).stdout;

describe('a new key', () => {
  it('is read by ssh-keygen, 300 times out of 300', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `key-${index}`);
    for (const name of names) {
      make(name);
      expect(await readByOpenSsh(name)).toBe(readFileSync(inSsh(`${name}.pub`), 'utf8'));
    }
    const listed = listLocalKeys(home.path);
    expect(listed).toHaveLength(300);
    expect(new Set(listed.map(({ fingerprint }) => fingerprint)).size).toBe(300);
    // Three hundred processes, one after the other.
  }, 180_000);

  it.each(['a', 'correct horse battery staple', '密碼 🔑', 'x'.repeat(300)])(
    'opens with its passphrase %j and with no other',
    async (passphrase) => {
      make('sealed', passphrase);
      expect(await readByOpenSsh('sealed', passphrase)).toBe(
        readFileSync(inSsh('sealed.pub'), 'utf8'),
      );
      await expect(readByOpenSsh('sealed', `${passphrase}x`)).rejects.toThrow(/passphrase/);
    },
  );

  it('is readable by its owner only', () => {
    make('mine');
    expect(statSync(inSsh('mine')).mode & 0o777).toBe(0o600);
    expect(statSync(inSsh('mine.pub')).mode & 0o777).toBe(0o644);
    expect(statSync(inSsh('')).mode & 0o777).toBe(0o700);
    expect(readdirSync(inSsh('')).sort()).toEqual(['mine', 'mine.pub']);
  });

  it('has the fingerprint that ssh-keygen prints, and its public line, sealed or not', async () => {
    make('open');
    make('sealed', 'secret');
    for (const name of ['open', 'sealed']) {
      const { stdout } = await run('ssh-keygen', ['-lf', inSsh(`${name}.pub`)]);
      expect(describeLocalKey(home.path, name)).toEqual({
        name,
        type: 'ssh-ed25519',
        fingerprint: stdout.split(' ')[1],
        encrypted: name === 'sealed',
        publicKey: readFileSync(inSsh(`${name}.pub`), 'utf8').trim(),
      });
    }
  });

  it('keeps its comment on one line', async () => {
    make('odd', undefined, 'ada\nssh-ed25519 AAAA mallory\u2028 \u202e');
    expect(readFileSync(inSsh('odd.pub'), 'utf8')).toMatch(
      /^ssh-ed25519 \S+ ada ssh-ed25519 AAAA mallory\n$/,
    );
    make('quiet', undefined, '');
    expect(readFileSync(inSsh('quiet.pub'), 'utf8')).toBe(await readByOpenSsh('quiet'));
  });

  it.each(['taken', 'taken-public'])('never takes the name %j of a file', (name) => {
    mkdirSync(inSsh(''), { recursive: true });
    writeFileSync(inSsh('taken'), 'precious');
    writeFileSync(inSsh('taken-public.pub'), 'precious');
    expect(() => make(name)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        rule: { id: 'key-name-taken', params: { name } },
      }),
    );
    expect(readFileSync(inSsh('taken'), 'utf8')).toBe('precious');
    expect(readFileSync(inSsh('taken-public.pub'), 'utf8')).toBe('precious');
    expect(existsSync(inSsh('taken-public'))).toBe(false);
  });

  it.each([
    'config',
    'authorized_keys',
    'known_hosts',
    'key.pub',
    '..',
    '.hidden',
    '-f',
    '@x',
    'a-cert',
  ])('is not called %j', (name) => {
    expect(() => make(name)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        rule: { id: 'key-name-unfit', params: { name } },
      }),
    );
    expect(existsSync(inSsh(''))).toBe(false);
  });
});

describe('a key that lies there', () => {
  it.each(['../outside', '..', '', '/etc/passwd', 'a/b'])(
    'is never one called %j',
    async (name) => {
      mkdirSync(inSsh(''));
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', inSsh('../outside')]);
      expect(() => describeLocalKey(home.path, name)).toThrow(
        expect.objectContaining({ rule: { id: 'key-file-missing', params: { name } } }),
      );
    },
  );

  it('is said to have a certificate beside it', () => {
    make('signed');
    writeFileSync(inSsh('signed-cert.pub'), 'ssh-ed25519-cert-v01@openssh.com AAAA\n');
    expect(listLocalKeys(home.path)).toMatchObject([{ name: 'signed', hasCertificate: true }]);
  });

  it('of another format and encrypted is known by the public file beside it', async () => {
    mkdirSync(inSsh(''));
    await run('ssh-keygen', ['-q', '-t', 'ecdsa', '-m', 'PEM', '-N', 'secret', '-f', inSsh('pem')]);
    const line = readFileSync(inSsh('pem.pub'), 'utf8').trim();
    expect(describeLocalKey(home.path, 'pem')).toMatchObject({ encrypted: true, publicKey: line });
    writeFileSync(inSsh('pem.pub'), 'nonsense');
    expect(describeLocalKey(home.path, 'pem')).toEqual({
      name: 'pem',
      type: '',
      fingerprint: '',
      encrypted: true,
    });
  });
});
