/** The fragment of a deep link, read as hostile text. */
import { expect, it } from 'vitest';
import { readDeepLink } from '../../renderer/shell/deep-link.ts';

it('names an instance', () => {
  expect(readDeepLink('#/instances/servers%2F12-ab')).toBe('servers/12-ab');
});

it.each([
  '',
  '#',
  '#token=abc',
  '#/instances/',
  '#/instances/a/b',
  '#/settings/x',
  '#/instances/%E0%A4%A',
  `#/instances/${'x'.repeat(301)}`,
])('is nothing else: %j', (fragment) => {
  expect(readDeepLink(fragment)).toBeUndefined();
});
