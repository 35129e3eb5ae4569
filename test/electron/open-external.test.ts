/** The one door to the system's browser: a table of who may pass. */
import { expect, test } from 'vitest';
import {
  allowedExternalAddress,
  createOpenExternal,
} from '../../main/platform/electron/open-external.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

const isTunnelPort = (port: number) => [8888, 20022].includes(port);

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['https://example.com:8443/', 'https://example.com:8443/'],
  ['HTTPS://EXAMPLE.com', 'https://example.com/'],
  ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
  ['http://127.0.0.1:8888/open/once', 'http://127.0.0.1:8888/open/once'],
  ['http://127.0.0.1:20022/', 'http://127.0.0.1:20022/'],
])('%s is opened as %s', (address, opened) => {
  expect(allowedExternalAddress(address, isTunnelPort)).toBe(opened);
});

test.each([
  'http://example.com/',
  'http://127.0.0.1/',
  'http://127.0.0.1:9999/',
  'http://127.0.0.1:8888.evil.example/',
  'http://127.0.0.1:8888@evil.example/',
  'http://localhost:8888/',
  'http://[::1]:8888/',
  'http://evil.example:8888/',
  'https://user:password@example.com/',
  'https://user@example.com/',
  'file:///etc/passwd',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'javascript:alert(1)',
  'data:text/html,x',
  'vscode://file/etc/passwd',
  'ssh://root@example.com',
  'pilothouse://open/own/a',
  'app://pilothouse/',
  'https://example.com/\0',
  'https://example.com/\n',
  'https://exa\tmple.com/',
  ' https://example.com/',
  'https://example.com/ --flag',
  'https://example.com/\u202egnp.exe',
  '--help',
  '/usr/bin/true',
  '',
  'https://',
  `https://example.com/${'a'.repeat(2048)}`,
])('%j is not opened', (address) => {
  expect(allowedExternalAddress(address, isTunnelPort)).toBeUndefined();
});

test('a refused address reaches nobody, and is a plain refusal', async () => {
  const { electron, opened } = createFakeElectron();
  const open = createOpenExternal(electron.shell, isTunnelPort);
  await expect(open('file:///etc/passwd')).rejects.toMatchObject({
    code: 'forbidden',
    rule: { id: 'address-not-allowed' },
  });
  await open('https://example.com');
  await open('http://127.0.0.1:8888/');
  expect(opened).toEqual(['https://example.com/', 'http://127.0.0.1:8888/']);
});
