/** Files of an instance against a real OpenSSH server: directories, changes, odd names and editing in place. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallName } from '../../preload/contract/index.ts';
import { isRoot } from '../support/account.ts';
import { type FilesDesk, startFilesDesk } from '../support/files-desk.ts';

let desk: FilesDesk;
let directory: string;
let count = 0;

beforeAll(async () => {
  desk = await startFilesDesk();
});
afterAll(async () => {
  await desk.stop();
});
beforeEach(() => {
  count += 1;
  directory = join(desk.sshd.home, `work ${count}`);
  mkdirSync(directory);
  desk.giveAway(directory);
});

const list = async (path = directory) => {
  const { entries } = await desk.call('files.list', { path });
  return [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
};
const ruleOf = (name: CallName, args: object): Promise<string> =>
  desk.call(name as 'files.list', args as { path: string }).then(
    () => 'done',
    (error) => error.rule?.id ?? error.code,
  );

describe('a directory', () => {
  it('is the home directory when no path is named', async () => {
    expect((await desk.call('files.list', { path: '' })).path).toBe(desk.sshd.home);
  });

  it('shows every name as it is, however odd', async () => {
    const names = ['-rf', 'new\nline', 'quo"te\'s', '.hidden', '資料 🚀', 'back\\slash', '~', '*'];
    for (const name of names) writeFileSync(join(directory, name), name);
    expect((await list()).map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const name of names) {
      const { text } = await desk.call('files.read', { path: `${directory}/${name}` });
      expect(text).toBe(name);
    }
    const paths = names.map((name) => `${directory}/${name}`);
    expect(await desk.call('files.remove', { paths })).toEqual({ removed: names.length });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('reaches a file whose name is no UTF-8', async () => {
    const odd = Buffer.concat([Buffer.from(`${directory}/caf`), Buffer.of(0xe9, 0xff)]);
    writeFileSync(odd, 'latin');
    const [entry] = await list();
    expect(entry).toMatchObject({ kind: 'file', size: 5 });
    const path = `${directory}/${entry?.name}`;
    expect((await desk.call('files.read', { path })).text).toBe('latin');
    await desk.call('files.rename', { from: path, to: `${directory}/café` });
    expect(readdirSync(directory)).toEqual(['café']);
  });

  it('says what links lead to, and which lead nowhere', async () => {
    mkdirSync(join(directory, 'inner'));
    symlinkSync('inner', join(directory, 'a-directory'));
    symlinkSync('nothing', join(directory, 'dangling'));
    symlinkSync('loop', join(directory, 'loop'));
    expect((await list()).map(({ name, kind, link }) => ({ name, kind, link }))).toEqual([
      { name: 'a-directory', kind: 'link', link: { path: 'inner', kind: 'directory' } },
      { name: 'dangling', kind: 'link', link: { path: 'nothing' } },
      { name: 'inner', kind: 'directory' },
      { name: 'loop', kind: 'link', link: { path: 'loop' } },
    ]);
  });

  it('is read whole with 5,000 entries', async () => {
    execFileSync('sh', ['-c', 'seq -f file-%g 5000 | xargs touch'], { cwd: directory });
    expect(await list()).toHaveLength(5000);
  });

  it('is refused in words when it is not there, or not ours', async () => {
    expect(await ruleOf('files.list', { path: `${directory}/nothing` })).toBe('file-missing');
    if (isRoot) expect(await ruleOf('files.list', { path: '/root' })).toBe('file-permission');
  });
});

describe('a change', () => {
  it('makes a directory, but never over something', async () => {
    const path = `${directory}/new`;
    expect(await desk.call('files.makeDirectory', { path })).toBeNull();
    expect(statSync(path).isDirectory()).toBe(true);
    expect(await ruleOf('files.makeDirectory', { path })).toBe('file-exists');
  });

  it('renames, but never over something', async () => {
    writeFileSync(join(directory, 'a'), 'a');
    writeFileSync(join(directory, 'b'), 'b');
    const from = `${directory}/a`;
    expect(await ruleOf('files.rename', { from, to: `${directory}/b` })).toBe('file-exists');
    expect(readFileSync(join(directory, 'b'), 'utf8')).toBe('b');
    symlinkSync('nowhere', join(directory, 'dangling'));
    expect(await ruleOf('files.rename', { from, to: `${directory}/dangling` })).toBe('file-exists');
    await desk.call('files.rename', { from, to: `${directory}/c` });
    expect(readdirSync(directory).sort()).toEqual(['b', 'c', 'dangling']);
  });

  it('removes a tree, and of a link only the link', async () => {
    mkdirSync(join(directory, 'kept'));
    writeFileSync(join(directory, 'kept/precious'), '');
    mkdirSync(join(directory, 'tree/deep/deeper'), { recursive: true });
    writeFileSync(join(directory, 'tree/deep/file'), '');
    symlinkSync('../../kept', join(directory, 'tree/deep/link'));
    symlinkSync('.', join(directory, 'tree/loop'));
    desk.giveAway(directory);
    const paths = [`${directory}/tree`];
    expect(await desk.call('files.remove', { paths })).toEqual({ removed: 6 });
    expect(readdirSync(directory)).toEqual(['kept']);
    expect(existsSync(join(directory, 'kept/precious'))).toBe(true);
    expect(await ruleOf('files.remove', { paths: ['/'] })).toBe('file-root');
    expect(await ruleOf('files.remove', { paths: [`${directory}/..`] })).toBe('file-root');
  });

  it('sets permissions of one file, and of a tree without making every file a program', async () => {
    mkdirSync(join(directory, 'tree/inner'), { recursive: true });
    writeFileSync(join(directory, 'tree/text'), '', { mode: 0o644 });
    writeFileSync(join(directory, 'tree/inner/program'), '', { mode: 0o755 });
    desk.giveAway(directory);
    const path = `${directory}/tree`;
    await desk.call('files.setMode', { path, mode: 0o750, recursive: true });
    const modeOf = (name: string) => lstatSync(join(directory, name)).mode & 0o777;
    expect(modeOf('tree')).toBe(0o750);
    expect(modeOf('tree/text')).toBe(0o640);
    expect(modeOf('tree/inner/program')).toBe(0o750);
    await desk.call('files.setMode', { path: `${path}/text`, mode: 0o600, recursive: false });
    expect(modeOf('tree/text')).toBe(0o600);
  });
});

describe('a text', () => {
  it('is written back over what was read, with its permissions', async () => {
    const path = `${directory}/script.sh`;
    writeFileSync(path, 'echo 你好\n');
    chmodSync(path, 0o750);
    desk.giveAway(path);
    const { text, version, writable } = await desk.call('files.read', { path });
    expect({ text, writable }).toEqual({ text: 'echo 你好\n', writable: true });
    const written = await desk.call('files.write', { path, text: 'echo hi\n', version });
    expect(written).toMatchObject({ kind: 'written', version: { size: 8 } });
    expect(readFileSync(path, 'utf8')).toBe('echo hi\n');
    expect(statSync(path).mode & 0o777).toBe(0o750);
    expect(readdirSync(directory)).toEqual(['script.sh']);
    const again = await desk.call('files.write', { path, text: 'x', version: written.version });
    expect(again.kind).toBe('written');
  });

  it('is written already when only the answer was lost', async () => {
    const path = `${directory}/once`;
    writeFileSync(path, 'old');
    desk.giveAway(path);
    const { version } = await desk.call('files.read', { path });
    for (let times = 0; times < 2; times += 1) {
      const outcome = await desk.call('files.write', { path, text: 'mine', version });
      expect(outcome).toMatchObject({ kind: 'written', version: { size: 4 } });
    }
  });

  it('is not written over what somebody else changed meanwhile', async () => {
    const path = `${directory}/shared`;
    writeFileSync(path, 'old');
    desk.giveAway(path);
    const { version } = await desk.call('files.read', { path });
    writeFileSync(path, 'new');
    const outcome = await desk.call('files.write', { path, text: 'mine', version });
    expect(outcome).toMatchObject({ kind: 'changed-meanwhile', version: { size: 3 } });
    expect(readFileSync(path, 'utf8')).toBe('new');
    await desk.call('files.write', { path, text: 'mine', version: null });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('stays what it is: a link a link, another name another name', async () => {
    const path = `${directory}/file`;
    writeFileSync(path, 'old text');
    desk.giveAway(path);
    symlinkSync('file', join(directory, 'link'));
    await desk.call('files.write', { path: `${directory}/link`, text: 'new', version: null });
    expect(lstatSync(join(directory, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('new');
    linkSync(path, join(directory, 'other-name'));
    await desk.call('files.write', { path, text: 'for both names', version: null });
    expect(readFileSync(join(directory, 'other-name'), 'utf8')).toBe('for both names');
  });

  it('is written into where its directory takes nothing new', async () => {
    const path = `${directory}/only`;
    writeFileSync(path, 'a long old text');
    desk.giveAway(path);
    chmodSync(directory, 0o555);
    const { version } = await desk.call('files.read', { path });
    const outcome = await desk.call('files.write', { path, text: 'short', version });
    expect(outcome.kind).toBe('written');
    expect(readFileSync(path, 'utf8')).toBe('short');
    chmodSync(directory, 0o755);
  });

  it('says so when it is read-only, no text, or too large', async () => {
    const at = (name: string) => `${directory}/${name}`;
    writeFileSync(at('read-only'), 'x', { mode: 0o444 });
    desk.giveAway(at('read-only'));
    expect((await desk.call('files.read', { path: at('read-only') })).writable).toBe(false);
    writeFileSync(at('binary'), Buffer.of(1, 0, 2));
    expect(await ruleOf('files.read', { path: at('binary') })).toBe('file-not-text');
    writeFileSync(at('latin'), Buffer.of(0xe9, 0x20));
    expect(await ruleOf('files.read', { path: at('latin') })).toBe('file-not-text');
    writeFileSync(at('large'), 'x'.repeat(2 * 1024 * 1024 + 1));
    expect(await ruleOf('files.read', { path: at('large') })).toBe('file-too-large-to-edit');
    expect(await ruleOf('files.read', { path: '/dev/zero' })).toBe('file-not-text');
    expect((await desk.call('files.read', { path: '/proc/self/status' })).text).toMatch(/^Name:/);
  });
});
