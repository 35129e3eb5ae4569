/** The one door to the system's browser: a table of who may pass. */
import { expect, test } from 'vitest';
import { vscodeLink } from '../../main/features/ssh/vscode-link.ts';
import {
  allowedExternalAddress,
  createOpenExternal,
} from '../../main/platform/electron/open-external.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

const hexLink = (json: string) =>
  `vscode://vscode-remote/ssh-remote+${Buffer.from(json).toString('hex')}/`;

const isTunnelPort = (port: number) => [8888, 20022].includes(port);

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['https://example.com:8443/', 'https://example.com:8443/'],
  ['HTTPS://EXAMPLE.com', 'https://example.com/'],
  ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
  ['http://127.0.0.1:8888/open/once', 'http://127.0.0.1:8888/open/once'],
  ['http://127.0.0.1:20022/', 'http://127.0.0.1:20022/'],
  ...[
    vscodeLink({ hostName: 'my-instance' }),
    vscodeLink({ hostName: 'DevBox' }),
    vscodeLink({ hostName: '训练机' }),
    vscodeLink({ hostName: '192.0.2.7', user: 'root', port: 2222 }),
    vscodeLink({ hostName: '2001:db8::1', user: 'DOMAIN\\ada' }),
    vscodeLink({ hostName: 'cafe' }),
  ].map((link) => [link, link]),
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
  'vscode:extension/ms-vscode-remote.remote-ssh',
  'vscode://ms-vscode-remote.remote-ssh/install',
  'vscode://vscode-remote/ssh-remote+box',
  'vscode://vscode-remote/ssh-remote+box/etc/passwd',
  'vscode://vscode-remote/ssh-remote+box/../',
  'vscode://vscode-remote/ssh-remote+box/?windowId=_blank',
  'vscode://vscode-remote/ssh-remote+box/#/',
  'vscode://vscode-remote/ssh-remote+BOX/',
  'vscode://vscode-remote/ssh-remote+-oProxyCommand=touch/',
  'vscode://vscode-remote/ssh-remote+root@box/',
  'vscode://vscode-remote/ssh-remote+box%2f..%2f/',
  'vscode://vscode-remote/ssh-remote+box+wsl/',
  'vscode://vscode-remote/ssh-remote+/',
  'vscode://vscode-remote/wsl+box/',
  'vscode://vscode-remote/dev-container+7b7d/',
  'VSCODE://vscode-remote/ssh-remote+box/',
  'vscode-insiders://vscode-remote/ssh-remote+box/',
  'vscode://vscode-remote:80/ssh-remote+box/',
  'vscode://user@vscode-remote/ssh-remote+box/',
  hexLink('{}'),
  hexLink('{"hostName":"-oProxyCommand=touch /tmp/x"}'),
  hexLink('{"hostName":"box;reboot"}'),
  hexLink('{"hostName":"box","user":"-oProxyCommand=x"}'),
  hexLink('{"hostName":"box","user":"ada","remoteCommand":"reboot"}'),
  hexLink('{"hostName":"Box","port":"22"}'),
  hexLink('{"hostName":"Box","port":0}'),
  hexLink('{"hostName":"Box" }'),
  hexLink('{"user":"ada","hostName":"Box"}'),
  hexLink('{"hostName":"Box","hostName":"other"}'),
  hexLink('["Box"]'),
  hexLink('null'),
  hexLink('{"hostName":"Box"}').toUpperCase(),
  `vscode://vscode-remote/ssh-remote+${'a'.repeat(101)}/`,
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
