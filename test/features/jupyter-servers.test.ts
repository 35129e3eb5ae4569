/** What runtime files on an instance may say: hostile text until it is validated. */
import { expect, test } from 'vitest';
import { parseServers } from '../../main/features/tunnels/jupyter-servers.ts';

const print = (name: string, file: unknown) => `@@ ${name}\n${JSON.stringify(file)}\n`;
const parse = (file: unknown) => parseServers(print('jpserver-1.json', file));

test('tells servers of both kinds with a base path between slashes', () => {
  const output =
    print('nbserver-7.json', { port: 8888, token: 'a' }) +
    print('jpserver-9.json', { port: 8889, token: 'b', base_url: '/lab-7', hostname: '0.0.0.0' });
  expect(parseServers(output)).toMatchObject([
    { kind: 'notebook', port: 8888, token: 'a', basePath: '/', host: '127.0.0.1' },
    { kind: 'server', port: 8889, token: 'b', basePath: '/lab-7/', host: '127.0.0.1' },
  ]);
});

test.each([
  ['another server', '//elsewhere.example/'],
  ['a header', '/\r\nSet-Cookie: a=b'],
  ['an address', 'https://elsewhere.example/'],
  ['a script', '/<script>'],
])('takes no base path that is %s', (_what, base) => {
  expect(parse({ port: 8888, base_url: base })).toEqual([]);
});

test.each([
  ['a header', 'a\r\nHost: elsewhere.example'],
  ['two words', 'a b'],
  ['no ASCII', '密碼'],
])('takes no token that is %s, which could stand in no header', (_what, token) => {
  expect(parse({ port: 8888, token })).toEqual([]);
});

test.each([
  ['no JSON', '@@ jpserver-1.json\n{"port":'],
  ['no name', '@@ '],
  ['a list', print('jpserver-1.json', [])],
  ['a port out of range', print('jpserver-1.json', { port: 70_000 })],
])('takes nothing from %s', (_what, output) => {
  expect(parseServers(output)).toEqual([]);
});
