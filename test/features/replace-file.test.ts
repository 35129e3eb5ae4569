/** A text put in an old one's place over a server that can do little: one of the two is there whole at every moment, and a private one is nobody else's to read. */
import { expect, it } from 'vitest';
import { replaceFile } from '../../main/features/files/replace-file.ts';
import type { Sftp } from '../../main/features/files/sftp.ts';
import { writeText } from '../../main/features/files/write-text.ts';

/** A server's files by their paths; what it is asked is written down, and refused where `refuse` says so. */
function createFiles(canReplace: boolean, refuse: (asked: string) => boolean = () => false) {
  const files = new Map([['/etc/app', 'old']]);
  const asked: string[] = [];
  const ask = (words: string) => {
    asked.push(words);
    if (refuse(words)) throw new Error(words);
  };
  const move = (from: string, to: string) => {
    files.set(to, files.get(from) ?? '');
    files.delete(from);
  };
  const sftp = {
    canReplace,
    writeBytes: 32_768,
    async rename(from: string, to: string) {
      ask(
        `rename ${from.replace(/\.[0-9a-f]{8}\.part$/, '.part')} ${to.replace(/\.[0-9a-f]{8}\.part$/, '.part')}`,
      );
      move(from, to);
    },
    async replace(from: string, to: string) {
      ask(`replace ${from} ${to}`);
      move(from, to);
    },
    async remove(path: string) {
      ask(`remove ${path.replace(/\.[0-9a-f]{8}\.part$/, '.part')}`);
      files.delete(path);
    },
    async open(path: string, _flags: number, { mode }: { mode?: number } = {}) {
      ask(`open ${path} ${mode?.toString(8) ?? 'as usual'}`);
      return Buffer.from(path);
    },
    async setstat(path: string, { mode }: { mode?: number }) {
      ask(`setstat ${path} ${mode?.toString(8)}`);
    },
    async write(handle: Buffer, _offset: number, pieces: readonly Buffer[]) {
      ask(`write ${handle}`);
      files.set(String(handle), Buffer.concat(pieces).toString());
    },
    lstat: async () => ({ userId: 0, groupId: 0 }),
    sync: async () => {},
    close: async () => {},
    openDirectory: async () => Buffer.from('directory'),
    readDirectory: async () => undefined,
  };
  return { sftp: sftp as unknown as Sftp, files, asked };
}

it('steps aside before the new one comes, and is cleared away after it', async () => {
  const { sftp, files, asked } = createFiles(false);
  files.set('/etc/new', 'new');
  await replaceFile(sftp, '/etc/new', '/etc/app');
  expect([...files]).toEqual([['/etc/app', 'new']]);
  expect(asked).toEqual([
    'rename /etc/app /etc/.app.part',
    'rename /etc/new /etc/app',
    'remove /etc/.app.part',
  ]);
});

it('is back in its place when the new one may not come', async () => {
  const { sftp, files } = createFiles(false, (asked) => asked === 'rename /etc/new /etc/app');
  files.set('/etc/new', 'new');
  await expect(replaceFile(sftp, '/etc/new', '/etc/app')).rejects.toThrow('/etc/new');
  expect(files.get('/etc/app')).toBe('old');
  expect([...files.keys()].sort()).toEqual(['/etc/app', '/etc/new']);
});

it('has a successor that is its owner’s alone until it has its permissions, and those before its content', async () => {
  const { sftp, files, asked } = createFiles(true);
  const before = { mode: 0o100640, size: 3, userId: 0, groupId: 0 };
  await writeText(sftp, '/etc/app', Buffer.from('new'), before, '/etc/part');
  expect([...files]).toEqual([['/etc/app', 'new']]);
  expect(asked).toEqual([
    'remove /etc/part',
    'open /etc/part 600',
    'setstat /etc/part 640',
    'write /etc/part',
    'replace /etc/part /etc/app',
  ]);
});
