/** Names and numbers of files, each rule of them in a table. */
import { describe, expect, it } from 'vitest';
import { freeName } from '../../main/features/files/conflicts.ts';
import { entryOf } from '../../main/features/files/file-entry.ts';
import { localName } from '../../main/features/files/local-name.ts';
import { partName } from '../../main/features/files/part-name.ts';
import { bytesOf, textOf } from '../../main/features/files/remote-text.ts';
import { Speed } from '../../main/features/files/speed.ts';
import { Watermark } from '../../main/features/files/watermark.ts';

describe('a name of the server', () => {
  it.each([
    ['report.pdf', 'report.pdf', 'report.pdf'],
    ['a:b?c*.txt', 'a:b?c*.txt', 'a_b_c_.txt'],
    ['back\\slash', 'back\\slash', 'back_slash'],
    ['CON', 'CON', '_CON'],
    ['nul.tar.gz', 'nul.tar.gz', '_nul.tar.gz'],
    ['console', 'console', 'console'],
    ['dots...', 'dots...', 'dots___'],
    ['space ', 'space ', 'space_'],
    ['new\nline', 'new\nline', 'new_line'],
    ['..', '_', '__'],
    ['../up', '.._up', '.._up'],
    ['caf\udce9', 'caf\ufffd', 'caf\ufffd'],
  ])('%j is %j on Linux and %j on Windows', (name, linux, windows) => {
    expect(localName(name, 'linux')).toBe(linux);
    expect(localName(name, 'win32')).toBe(windows);
  });

  it('is the same bytes again after the way to the page and back, UTF-8 or not', () => {
    let seed = 7;
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(
        Array.from({ length: round % 12 }, () => {
          seed = (seed * 48_271) % 2_147_483_647;
          return seed % 256;
        }),
      );
      const sent: string = JSON.parse(JSON.stringify(textOf(bytes)));
      expect(bytesOf(sent).equals(bytes)).toBe(true);
    }
    expect(textOf(Buffer.from('資料 🚀'))).toBe('資料 🚀');
  });

  it('has room for what says that it is a part, and is not cut within a character', () => {
    expect(partName('model.bin')).toMatch(/^\.model\.bin\.[0-9a-f]{8}\.part$/);
    const long = partName('字'.repeat(85));
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
    expect(long).not.toContain('\ufffd');
    expect(long).toMatch(/^\.字{66}\.[0-9a-f]{8}\.part$/);
  });

  it.each([
    ['notes', 'notes (2)'],
    ['a.txt', 'a (2).txt'],
    ['model.tar.gz', 'model (2).tar.gz'],
    ['.hidden', '.hidden (2)'],
  ])('%j that is taken becomes %j', (name, free) => {
    expect(freeName(name, () => false)).toBe(free);
    expect(freeName(name, (other) => other === free)).toBe(free.replace('(2)', '(3)'));
  });
});

it('owner and group are names where the server says them, else numbers', () => {
  const attributes = { mode: 0o100644, size: 12, userId: 7, groupId: 8, modifiedAt: 1 };
  const ownerOf = (line: string) => {
    const { owner, group } = entryOf({ name: 'x', line, attributes });
    return [owner, group];
  };
  expect(ownerOf('-rw-r--r--    1 alice    users          12 Jan  1 00:00 x')).toEqual([
    'alice',
    'users',
  ]);
  expect(ownerOf('-rw-r--r--+   1 bob      staff          12 Jan  1 00:00 x')).toEqual([
    'bob',
    'staff',
  ]);
  expect(ownerOf('')).toEqual(['7', '8']);
});

it('a file is whole up to its first gap, whatever the order its pieces come in', () => {
  const watermark = new Watermark(100);
  watermark.add(120, 10);
  watermark.add(110, 10);
  expect(watermark.whole).toBe(100);
  watermark.add(100, 10);
  expect(watermark.whole).toBe(130);
});

it('speed follows what moves, and says how long the rest takes', () => {
  const speed = new Speed(0);
  expect(speed.secondsFor(1000)).toBeUndefined();
  speed.look(0, 250);
  speed.look(250, 500);
  expect(speed.bytesPerSecond).toBeCloseTo(500);
  speed.rest(500, 500);
  for (let at = 3; at <= 40; at += 1) speed.look(at * 250, at * 250);
  expect(speed.bytesPerSecond).toBeCloseTo(1000);
  expect(speed.secondsFor(2500)).toBe(3);
  speed.look(0, 10_250);
  expect(speed.bytesPerSecond).toBeGreaterThanOrEqual(0);
  speed.rest(0, 10_500);
  expect(speed.secondsFor(1)).toBeUndefined();
});
