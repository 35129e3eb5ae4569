/** Host keys: known_hosts files as OpenSSH reads them, and the verdict. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { describeKey } from '../../main/features/ssh/fingerprint.ts';
import { openKnownHosts } from '../../main/features/ssh/known-hosts.ts';
import { matchesHost, parseKnownHosts } from '../../main/features/ssh/known-hosts-file.ts';
import { run } from '../support/child.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { createTempDir } from '../support/temp-dir.ts';

const directory = createTempDir('known-hosts');
const inDirectory = (name: string) => join(directory.path, name);
afterAll(() => directory.remove());

/** A key of its own at every call, as `type base64`. */
const newKey = (...kind: Parameters<typeof newKeyPair>) => newKeyPair(...kind).public;

const blobOf = (key: string) => Buffer.from(key.split(' ')[1] ?? '', 'base64');

/** Keys of the lines that OpenSSH finds for a name. */
async function foundByOpenSsh(file: string, name: string): Promise<readonly string[]> {
  const output = await run('ssh-keygen', ['-F', name, '-f', file]).catch(() => '');
  return output.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    return line.split(/\s/).at(-1) ?? [];
  });
}

function foundByUs(file: string, name: string): readonly string[] {
  return parseKnownHosts(readFileSync(file, 'utf8'))
    .filter((line) => matchesHost(line, name))
    .map(({ key }) => key.toString('base64'));
}

it('never takes an own file that cannot be read for an empty one', () => {
  const unreadable = createTempDir('known-hosts-unreadable');
  mkdirSync(join(unreadable.path, 'known_hosts'));
  expect(() => openKnownHosts(unreadable.path, [])).toThrow(/EISDIR/);
  unreadable.remove();
});

describe('known_hosts lines are found as OpenSSH finds them', () => {
  const names = [
    'box',
    'box.example',
    'gate.example',
    'a.b.example',
    'box1',
    'box12',
    '[box.example]:2222',
    '[gate.example]:2222',
    '192.0.2.7',
    '[192.0.2.7]:2222',
    '2001:db8::1',
    '[2001:db8::1]:2222',
    'elsewhere.test',
  ];
  const file = inDirectory('oracle');
  const patterns = [
    'box.example',
    'box.example,192.0.2.7',
    'BOX.Example',
    '*.example',
    '*.example,!gate.example',
    '!gate.example,*.example',
    '*.EXAMPLE,!GATE.example',
    '!box.example',
    'box?',
    'b*x*',
    '*',
    '[box.example]:2222',
    '[*.example]:2222',
    '*:2222',
    '192.0.2.*',
    '2001:db8::1',
    '[2001:db8::1]:2222',
    '**.example',
    '*b*b*e*',
    'elsewhere',
  ];
  writeFileSync(
    file,
    [
      '# a comment',
      '',
      ...patterns.map((pattern) => `${pattern} ${newKey()}`),
      `\tbox.example\t${newKey().replace(' ', '\t')}`,
      `@revoked box.example ${newKey()}`,
      `@cert-authority *.example ${newKey()}`,
      `@unheard-of box.example ${newKey()}`,
      '',
    ].join('\n'),
  );

  it.each(names)('for %s', async (name) => {
    const found = await foundByOpenSsh(file, name);
    expect(foundByUs(file, name)).toEqual(found);
    if (name !== 'elsewhere.test') expect(found.length).toBeGreaterThan(1);
  });

  it('when the names are hashed', async () => {
    const hashed = inDirectory('hashed');
    const plain = ['box.example', '[box.example]:2222', '192.0.2.7', '2001:db8::1'];
    writeFileSync(hashed, plain.map((name) => `${name} ${newKey()}\n`).join(''));
    await run('ssh-keygen', ['-H', '-f', hashed]);
    expect(readFileSync(hashed, 'utf8')).not.toContain('box.example');
    for (const name of plain) {
      expect(foundByUs(hashed, name)).toEqual(await foundByOpenSsh(hashed, name));
      expect(foundByUs(hashed, name)).toHaveLength(1);
    }
    expect(foundByUs(hashed, 'box')).toEqual([]);
  });

  it('when lines are damaged: those are left out, the others count', async () => {
    const damaged = inDirectory('damaged');
    const whole = newKey();
    const [type = '', base64 = ''] = whole.split(' ');
    writeFileSync(
      damaged,
      [
        'box.example',
        'box.example ssh-ed25519',
        `box.example ssh-ed25519 ${base64.slice(0, 40)}`,
        'box.example ssh-ed25519 AAAA',
        'box.example ssh-ed25519 !!!!',
        `box.example ssh-rsa ${base64}`,
        `box.example ${type} ${base64.slice(0, -8)}AAAAAAAAAAAAAAAAAAAAAAAA`,
        '|1|not|hashed ssh-ed25519 AAAA',
        '|1| ssh-ed25519 AAAA',
        '\u0000\u0001\u0002\ufffd',
        `box.example ${whole} and a comment`,
      ].join('\r\n'),
    );
    expect(foundByUs(damaged, 'box.example')).toEqual([base64]);
  });
});

describe('the verdict on a host key', () => {
  const known = newKey();
  const other = newKey();
  const userFile = inDirectory('user-known-hosts');
  let round = 0;
  let dataDirectory = '';
  const open = () => openKnownHosts(dataDirectory, [userFile, inDirectory('no-such-file')]);
  const judge = (name: string, key: string, published: readonly string[] = []) =>
    open().judge(name, blobOf(key), published);

  beforeEach(() => {
    round += 1;
    dataDirectory = inDirectory(`data-${round}`);
    mkdirSync(dataDirectory);
    rmSync(userFile, { force: true, recursive: true });
    writeFileSync(userFile, '');
  });

  it('is unknown when nothing is known', () => {
    expect(judge('box', known)).toEqual({ kind: 'unknown', certAuthority: false });
    rmSync(userFile);
    expect(judge('box', known)).toEqual({ kind: 'unknown', certAuthority: false });
  });

  it('is trusted after trust, also after a restart, under that name only', () => {
    open().trust('box', blobOf(known));
    expect(judge('box', known).kind).toBe('trusted');
    expect(judge('[box]:2222', known).kind).toBe('unknown');
    expect(judge('box2', known).kind).toBe('unknown');
    expect(statSync(join(dataDirectory, 'known_hosts')).mode & 0o777).toBe(0o600);
  });

  it('is trusted from the user’s own file, which is read anew each time', () => {
    const hosts = open();
    expect(hosts.judge('box', blobOf(known), []).kind).toBe('unknown');
    writeFileSync(userFile, `box ${known}\n`);
    expect(hosts.judge('box', blobOf(known), []).kind).toBe('trusted');
  });

  it('is changed when another key is known, and tells that one', () => {
    open().trust('box', blobOf(known));
    expect(judge('box', other)).toMatchObject({
      kind: 'changed',
      known: [describeKey(blobOf(known))],
    });
  });

  it('is changed when a key of another type is known', () => {
    open().trust('box', blobOf(known));
    expect(judge('box', newKey('ecdsa')).kind).toBe('changed');
  });

  it('says in which file of the user’s the other key stands, because we never forget it there', () => {
    writeFileSync(userFile, `box ${known}\n`);
    expect(judge('box', other)).toMatchObject({ kind: 'changed', userFile });
    writeFileSync(userFile, '');
    open().trust('box', blobOf(known));
    expect(judge('box', other)).not.toHaveProperty('userFile');
  });

  it('is trusted when one of several known keys is shown', () => {
    writeFileSync(userFile, `box ${known}\nbox ${other}\n`);
    expect(judge('box', other).kind).toBe('trusted');
  });

  it('stays revoked in our own file when another key is trusted or forgotten', () => {
    const [bad, good] = [newKey(), newKey()];
    const own = createTempDir('own-known-hosts');
    writeFileSync(join(own.path, 'known_hosts'), `@revoked box ${bad}\n`);
    const hosts = openKnownHosts(own.path, []);
    hosts.trust('other', blobOf(good));
    hosts.forget('other');
    hosts.forget('box');
    expect(hosts.judge('box', blobOf(bad), []).kind).toBe('revoked');
    expect(readFileSync(join(own.path, 'known_hosts'), 'utf8')).toBe(`@revoked box ${bad}\n`);
    own.remove();
  });

  it('is revoked when marked so, even where it is trusted or published too', () => {
    open().trust('box', blobOf(known));
    writeFileSync(userFile, `@revoked * ${known}\n`);
    expect(judge('box', known).kind).toBe('revoked');
    expect(judge('box', known, [known]).kind).toBe('revoked');
    expect(judge('box', other).kind).toBe('changed');
  });

  it('takes a certificate authority for nothing: its key is no host key', () => {
    writeFileSync(userFile, `@cert-authority * ${known}\n`);
    expect(judge('box', known).kind).toBe('unknown');
  });

  it('follows published keys alone where there are any', () => {
    open().trust('box', blobOf(other));
    expect(judge('box', known, [known]).kind).toBe('trusted');
    expect(judge('box', other, [known])).toMatchObject({
      kind: 'changed',
      known: [describeKey(blobOf(known))],
    });
    expect(judge('box', other, ['ssh-ed25519 damaged']).kind).toBe('changed');
    // A line that is no key at all is none.
    expect(judge('box', known, ['none']).kind).toBe('changed');
  });

  it('asks the server for the types that are known', () => {
    writeFileSync(userFile, `box ${newKey('ecdsa')}\n@revoked box ${newKey('rsa', 2048)}\n`);
    open().trust('box', blobOf(known));
    expect(open().knownTypes('box', [])).toEqual(['ssh-ed25519', 'ecdsa-sha2-nistp256']);
    expect(open().knownTypes('box', [newKey('ecdsa', 384)])[0]).toBe('ecdsa-sha2-nistp384');
    expect(() => open().knownTypes('box', ['ssh-ed25519 damaged'])).not.toThrow();
  });

  it('asks again after forget', () => {
    open().trust('box', blobOf(known));
    open().trust('[box]:2222', blobOf(known));
    open().forget('BOX');
    expect(judge('box', known).kind).toBe('unknown');
    expect(judge('[box]:2222', known).kind).toBe('trusted');
  });

  it('never writes the user’s file', () => {
    writeFileSync(userFile, `box ${known}\n`);
    chmodSync(userFile, 0o400);
    const before = statSync(userFile);
    open().trust('box', blobOf(other));
    open().forget('box');
    expect(readFileSync(userFile, 'utf8')).toBe(`box ${known}\n`);
    expect(statSync(userFile).mtimeMs).toBe(before.mtimeMs);
    expect(judge('box', known).kind).toBe('trusted');
  });

  it('is unknown where the user’s file cannot be read', () => {
    rmSync(userFile);
    mkdirSync(userFile);
    expect(judge('box', known).kind).toBe('unknown');
    expect(open().knownTypes('box', [])).toEqual([]);
  });

  it('is found in a file of more than a megabyte', () => {
    const lines = Array.from({ length: 12_000 }, (_, line) => `host-${line}.example ${other}\n`);
    writeFileSync(userFile, `${lines.join('')}box ${known}\n`);
    expect(statSync(userFile).size).toBeGreaterThan(1024 * 1024);
    expect(judge('box', known).kind).toBe('trusted');
  });

  it('leaves nothing behind when the disk refuses', () => {
    const hosts = open();
    rmSync(dataDirectory, { recursive: true });
    expect(() => hosts.trust('box', blobOf(known))).toThrow();
    expect(existsSync(dataDirectory)).toBe(false);
    expect(hosts.judge('box', blobOf(known), []).kind).toBe('unknown');
  });
});
