/** Links from outside: anybody can make one, so that only one exact form does anything, and that only shows. */
import { expect, test, vi } from 'vitest';
import {
  findDeepLink,
  parseDeepLink,
  receiveDeepLinks,
} from '../../main/platform/electron/deep-links.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';
import { preventable } from '../support/fake-electron/preventable.ts';

test.each([
  ['pilothouse://open/own/ins-7f2ka9', 'own/ins-7f2ka9'],
  ['pilothouse://open/own/ins-7f2ka9/', 'own/ins-7f2ka9'],
  ['pilothouse://open/own/%E8%AA%9E%E9%9F%B3', 'own/語音'],
  ['pilothouse://open/own/10.0.4.11:22', 'own/10.0.4.11:22'],
])('%s names the instance %s', (link, key) => {
  expect(parseDeepLink(link)).toBe(key);
});

test.each([
  'pilothouse://run/own/ins-1',
  'pilothouse://open',
  'pilothouse://open/',
  'pilothouse://open/ins-1',
  'pilothouse://open/own/ins-1/terminal',
  'pilothouse://open/own/ins-1?command=rm',
  'pilothouse://open/own/ins-1#x',
  'pilothouse://user@open/own/ins-1',
  'pilothouse:open/own/ins-1',
  'PILOTHOUSE://open/own/ins-1',
  ' pilothouse://open/own/ins-1',
  'pilothouse://open/own/ins-1\n--data-dir=/tmp',
  'pilothouse://open/own/%00',
  'pilothouse://open/own/a%0Ab',
  'pilothouse://open/own/%1b[31m',
  'pilothouse://open/own/%e2%80%aegnp.exe',
  'pilothouse://open/own/%',
  'pilothouse://open/own/%ff',
  'pilothouse://open/own/"; rm -rf ~; "',
  `pilothouse://open/own/${'a'.repeat(301)}`,
  `pilothouse://open/own/${'%61'.repeat(2000)}`,
  'javascript:alert(1)',
  'file:///etc/passwd',
  '',
])('%j is no link', (text) => {
  expect(parseDeepLink(text)).toBeUndefined();
});

test('of a hostile command line only the link is looked at', () => {
  const args = [
    '--inspect',
    '--no-sandbox',
    '/etc/passwd',
    'pilothouse://run/x/y',
    '--data-dir=/x',
  ];
  expect(findDeepLink(args)).toBeUndefined();
  expect(findDeepLink([...args, 'pilothouse://open/own/ins-1'])).toBe('own/ins-1');
});

test('another start, a link of the system and the first command line all show, and do no more', () => {
  const { electron, app } = createFakeElectron();
  const show = vi.fn();
  receiveDeepLinks(electron.app, ['electron', '.', 'pilothouse://open/own/first'], show);
  app.emit('second-instance', {}, ['pilothouse', '--run=calc', 'pilothouse://open/own/second']);
  app.emit('second-instance', {}, ['pilothouse', 'pilothouse://run/calc']);
  const event = preventable();
  app.emit('open-url', event, 'pilothouse://open/own/third');
  app.emit('open-url', preventable(), 'pilothouse://open/../../etc');
  expect(event.defaultPrevented).toBe(true);
  expect(show.mock.calls.map(([instance]) => instance)).toEqual([
    'own/first',
    'own/second',
    undefined,
    'own/third',
    undefined,
  ]);
});
