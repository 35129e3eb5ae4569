/** The one line in OpenSSH's configuration: it comes and goes, and no other byte changes. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupOf, changeConfig } from '../../../main/features/ssh-include/change-config.ts';
import {
  canBeIncluded,
  hasLine,
  includeLine,
  withLine,
  withoutLine,
} from '../../../main/features/ssh-include/config-line.ts';
import { isRoot } from '../../support/account.ts';
import { fc } from '../../support/properties.ts';
import { createTempDir, type TempDir } from '../../support/temp-dir.ts';

const line = includeLine('/data dir/資料/ssh_config');

describe('the line', () => {
  it('comes and goes without a trace in any file', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc
        .constantFrom('\n', '\r\n', 'Host *', '# Added by Pilothouse', 'Include "x"', '\ufeff', ' ')
        .map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const content = Buffer.concat(pieces);
        fc.pre(withoutLine(content).equals(content));
        const changed = withLine(content, line);
        expect(hasLine(changed, line)).toBe(true);
        expect(withoutLine(changed).equals(content)).toBe(true);
        expect(withLine(changed, line).equals(changed)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('stands in front, with the line ends the file has', () => {
    expect(withLine(Buffer.from('Host a\n'), line).toString()).toBe(`${line}\nHost a\n`);
    expect(withLine(Buffer.from('Host a\r\n'), line).toString()).toBe(`${line}\r\nHost a\r\n`);
    expect(withLine(Buffer.from('\ufeffHost a\n'), line).toString()).toBe(
      `\ufeff${line}\nHost a\n`,
    );
  });

  it('of another place is replaced', () => {
    const former = withLine(Buffer.from('Host a\n'), includeLine('/former/ssh_config'));
    expect(withLine(former, line).toString()).toBe(`${line}\nHost a\n`);
  });

  it('that somebody moved is found and taken out where it is', () => {
    const moved = Buffer.from(`Host a\n  Port 1\n${line}\nHost b\n`);
    expect(withoutLine(moved).toString()).toBe('Host a\n  Port 1\nHost b\n');
  });

  it.each(['/a"b', '/a*b', '/a[b', '/a%h', '/a\nb', '/$x', '/a?b'])('is not made of %j', (path) => {
    expect(canBeIncluded(path)).toBe(false);
  });
});

describe('the file', () => {
  let directory: TempDir;
  let path: string;
  beforeEach(() => {
    directory = createTempDir('config');
    mkdirSync(join(directory.path, '.ssh'));
    path = join(directory.path, '.ssh/config');
  });
  afterEach(() => directory.remove());
  const add = () => changeConfig(path, (content) => withLine(content, line));

  it('is made when it is missing, for its owner only', () => {
    add();
    expect(readFileSync(path, 'utf8')).toBe(`${line}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(backupOf(path))).toBe(false);
  });

  it('keeps its mode, and what stood there is kept beside it', () => {
    writeFileSync(path, 'Host a\n');
    chmodSync(path, 0o644);
    add();
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(readFileSync(backupOf(path), 'utf8')).toBe('Host a\n');
    expect(readdirSync(join(directory.path, '.ssh')).sort()).toEqual([
      'config',
      'config.before-pilothouse',
    ]);
  });

  it('that is a link stays one, and what it leads to is changed', () => {
    const target = join(directory.path, 'dotfiles-config');
    writeFileSync(target, 'Host a\n');
    symlinkSync('../dotfiles-config', path);
    add();
    expect(readlinkSync(path)).toBe('../dotfiles-config');
    expect(readFileSync(target, 'utf8')).toBe(`${line}\nHost a\n`);
  });

  it('that is a link to nowhere is left alone, and it is said', () => {
    symlinkSync('../nothing', path);
    expect(add).toThrow(
      expect.objectContaining({ rule: expect.objectContaining({ id: 'config-link-broken' }) }),
    );
    expect(readlinkSync(path)).toBe('../nothing');
  });

  it.each([['Host a\n'], [undefined]])(
    'that another program writes at the same moment keeps what that wrote (before: %j)',
    (before) => {
      if (before !== undefined) writeFileSync(path, before);
      let isFirst = true;
      changeConfig(path, (content) => {
        if (isFirst) writeFileSync(path, 'Host b\n');
        isFirst = false;
        return withLine(content, line);
      });
      expect(readFileSync(path, 'utf8')).toBe(`${line}\nHost b\n`);
    },
  );

  it('is not written when nothing changes', () => {
    changeConfig(path, withoutLine);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'Host a\n');
    const before = statSync(path).mtimeMs;
    changeConfig(path, withoutLine);
    expect(statSync(path).mtimeMs).toBe(before);
  });

  it('that may not be written is as before, and it is said', ({ skip }) => {
    skip(isRoot, 'root may write everywhere');
    writeFileSync(path, 'Host a\n');
    chmodSync(join(directory.path, '.ssh'), 0o500);
    expect(add).toThrow(expect.objectContaining({ code: 'forbidden' }));
    expect(readFileSync(path, 'utf8')).toBe('Host a\n');
    chmodSync(join(directory.path, '.ssh'), 0o700);
  });
});
