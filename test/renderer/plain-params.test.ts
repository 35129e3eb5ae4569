/** Words of others inside a sentence of ours. */
import { expect, test } from 'vitest';
import { plainParams } from '../../renderer/ui/plain-params.ts';

test('what could turn a sentence round, end it, or fill the page is made visible or cut', () => {
  const { detail, name, count } = plainParams({
    detail: 'no\u202e!lla ta\u001b[2J\r\nTrusted.',
    name: 'x'.repeat(100_000),
    count: 3,
  });
  expect(detail).toBe('no·!lla ta·[2J··Trusted.');
  expect(name).toHaveLength(1001);
  expect(count).toBe(3);
});

test('what is no disguise stays: other scripts, paths, and nothing at all', () => {
  expect(plainParams({ path: '/home/ada/專案 – ümläut/😀' })).toEqual({
    path: '/home/ada/專案 – ümläut/😀',
  });
  expect(plainParams()).toEqual({});
});
