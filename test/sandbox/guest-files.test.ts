/** A guest's files: paths, links, volumes, and what a snapshot takes and gives back. */
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../main/sandbox/guest/files/file-node.ts';
import { layOut, toTree } from '../../main/sandbox/guest/files/file-tree.ts';
import { Files } from '../../main/sandbox/guest/files/files.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function createFiles(options: { readOnlyDrive?: boolean; capacityBytes?: number } = {}) {
  const root = createDirectory(0o755, 0);
  const drive = createDirectory(0o777, 0, {
    volume: { name: 'datadrive', readOnly: options.readOnlyDrive ?? false },
  });
  root.entries.set('datadrive', drive);
  let changes = 0;
  const files = new Files({
    root,
    capacityBytes: options.capacityBytes ?? 1_000_000,
    now: () => 1_700_000_000_000,
    onChanged: () => {
      changes += 1;
    },
  });
  files.mkdir('/root/a/b', true);
  files.write('/root/a/file', bytes('hello'));
  return { files, root, drive, changes: () => changes };
}

describe('paths', () => {
  it.each([
    ['/root/a/file', 'hello'],
    ['/root//a/./b/../file', 'hello'],
    ['/../../root/a/file', 'hello'],
    ['/root/link/file', 'hello'],
    ['/root/chain/file', 'hello'],
    ['/root/a/b/up', 'hello'],
  ])('%s leads to the file', (path, text) => {
    const { files } = createFiles();
    files.symlink('a', '/root/link');
    files.symlink('/root/link', '/root/chain');
    files.symlink('../file', '/root/a/b/up');
    expect(files.readText(path)).toBe(text);
  });

  it.each([
    ['ENOENT', (files: Files) => files.read('/nowhere')],
    ['ENOENT', (files: Files) => files.write('/no/such/parent', bytes(''))],
    ['ENOTDIR', (files: Files) => files.read('/root/a/file/x')],
    ['EISDIR', (files: Files) => files.read('/root/a')],
    ['EEXIST', (files: Files) => files.mkdir('/root/a')],
    ['ENOTEMPTY', (files: Files) => files.remove('/root/a')],
    ['EINVAL', (files: Files) => files.rename('/root', '/root/a/b/root')],
    ['EBUSY', (files: Files) => files.remove('/datadrive', { recursive: true })],
    ['EXDEV', (files: Files) => files.link('/root/a/file', '/datadrive/file')],
    ['ENOSPC', (files: Files) => files.write('/root/big', new Uint8Array(2_000_000))],
    ['ENOENT', (files: Files) => files.read('/root/a/file\0.txt')],
  ])('says %s', (code, act) => {
    const { files } = createFiles();
    expect(() => act(files)).toThrow(expect.objectContaining({ code }));
  });

  it('does not follow links in a circle', () => {
    const { files } = createFiles();
    files.symlink('two', '/root/one');
    files.symlink('one', '/root/two');
    expect(() => files.read('/root/one')).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });

  it('shares the content of hard links', () => {
    const { files } = createFiles();
    files.link('/root/a/file', '/root/same');
    files.append('/root/same', bytes(' again'));
    expect(files.readText('/root/a/file')).toBe('hello again');
  });

  it('fills a gap with zeros, and forgets what was cut off', () => {
    const { files } = createFiles();
    const file = files.file('/root/a/file');
    files.setSize(file, 2);
    files.writeAt(file, 4, bytes('x'));
    expect([...files.read('/root/a/file')]).toEqual([...bytes('he'), 0, 0, ...bytes('x')]);
  });

  it('gives space back when files go', () => {
    const { files } = createFiles({ capacityBytes: 100 });
    for (let turn = 0; turn < 5; turn += 1) {
      files.write('/root/most', new Uint8Array(90));
      files.remove('/root/most');
    }
    expect(files.size()).toBe(5);
  });
});

describe('volumes', () => {
  it('keeps a read-only one as it is', () => {
    const { files } = createFiles({ readOnlyDrive: true });
    expect(() => files.write('/datadrive/x', bytes('1'))).toThrow(
      expect.objectContaining({ code: 'EROFS' }),
    );
    expect(() => files.rename('/root/a/file', '/datadrive/file')).toThrow(
      expect.objectContaining({ code: 'EROFS' }),
    );
  });

  it('are not counted with the root, nor exported with it', () => {
    const { files, root, drive } = createFiles();
    files.write('/datadrive/big', new Uint8Array(1000));
    expect(files.size()).toBe(5);
    expect(files.size('/datadrive')).toBe(1000);
    expect(toTree(root).map(({ path }) => path)).not.toContain('/datadrive/big');
    expect(toTree(drive).map(({ path }) => path)).toEqual(['/big']);
  });
});

describe('a tree', () => {
  it('gives back every file, mode, time and link, and shares nothing with the first', () => {
    const { files, root } = createFiles();
    files.chmod('/root/a/file', 0o755);
    files.setTime('/root/a/file', 1_600_000_000_000);
    files.symlink('a/file', '/root/link');
    const tree = toTree(root);
    const again = createDirectory(0o755, 0);
    layOut(tree, again);
    files.write('/root/a/file', bytes('changed'));
    const copy = new Files({
      root: again,
      capacityBytes: 1000,
      now: Date.now,
      onChanged: () => {},
    });
    expect(copy.readText('/root/link')).toBe('hello');
    expect(copy.stat('/root/a/file')).toEqual({
      kind: 'file',
      mode: 0o755,
      size: 5,
      mtimeMs: 1_600_000_000_000,
    });
    expect(toTree(again)).toEqual(tree);
  });

  it('never lays a file outside of its volume', () => {
    const directory = createDirectory(0o755, 0);
    layOut(
      [{ path: '/../../evil', kind: 'file', mode: 0o644, mtimeMs: 0, data: bytes('x') }],
      directory,
    );
    expect(directory.entries.size).toBe(0);
  });
});
