/** Tab at a guest's prompt: commands, paths, and names that must be quoted. */
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../main/sandbox/guest/files/file-node.ts';
import { Files } from '../../main/sandbox/guest/files/files.ts';
import { completeLine } from '../../main/sandbox/guest/terminal/complete.ts';

const files = new Files({
  root: createDirectory(0o755, 0),
  capacityBytes: 1000,
  now: () => 0,
  onChanged: () => {},
});
for (const path of ['/usr/bin', '/root/data/inner', '/root/my notes', '/tmp'])
  files.mkdir(path, true);
for (const path of ['/usr/bin/nvidia-smi', '/usr/bin/nproc', '/root/train.py', '/root/train.log']) {
  files.write(path, new Uint8Array());
}
files.write('/root/.hidden', new Uint8Array());
files.write('/root/資料.csv', new Uint8Array());

const complete = (line: string) => {
  const found = completeLine(line, files, '/root');
  return found && [...line].slice(0, found.start).join('') + found.text;
};

describe('Tab', () => {
  it.each([
    ['nvi', 'nvidia-smi '],
    ['sudo nvi', 'sudo nvidia-smi '],
    ['ls | npr', 'ls | nproc '],
    ['cat tr', 'cat train.'],
    ['cat train.p', 'cat train.py '],
    ['cd da', 'cd data/'],
    ['cd data/', 'cd data/inner/'],
    ['cd ~/da', 'cd ~/data/'],
    ['ls /t', 'ls /tmp/'],
    ['cd my', 'cd my\\ notes/'],
    ['cd my\\ n', 'cd my\\ notes/'],
    ['cat 資', 'cat 資料.csv '],
    ['cat .h', 'cat .hidden '],
    ['echo x > tr', 'echo x > train.'],
  ])('%s', (line, completed) => {
    expect(complete(line)).toBe(completed);
  });

  it('offers what there is to choose, and hides what begins with a dot', () => {
    expect(completeLine('cat ', files, '/root')?.choices).toEqual([
      'data/',
      'my notes/',
      'train.log',
      'train.py',
      '資料.csv',
    ]);
  });

  it('knows nothing where nothing is', () => {
    expect(complete('cat nowhere/x')).toBeUndefined();
    expect(complete('zzz')).toBeUndefined();
  });
});
