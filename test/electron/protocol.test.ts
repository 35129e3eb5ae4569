/** `app://` serves the built page and nothing that lies beside it, whatever is asked. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/hosts/content-security-policy.ts';
import {
  answerPageRequest,
  registerPageScheme,
  servePage,
} from '../../main/platform/electron/protocol.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';
import { createTempDir } from '../support/temp-dir.ts';

const temp = createTempDir('protocol');
const root = join(temp.path, 'renderer');

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(temp.path, 'renderer-secret'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets/page.js'), 'export {};');
  writeFileSync(join(root, 'assets/page.js.map'), '{}');
  writeFileSync(join(root, 'assets/字.woff2'), 'font');
  writeFileSync(join(temp.path, 'secret.html'), 'secret');
  writeFileSync(join(temp.path, 'renderer-secret/secret.html'), 'secret');
  symlinkSync(join(temp.path, 'secret.html'), join(root, 'link.html'));
  symlinkSync(temp.path, join(root, 'directory'));
});
afterAll(() => temp.remove());

const get = (url: string, method = 'GET') =>
  answerPageRequest({ method, url }, root, contentSecurityPolicy);

test.each([
  ['app://pilothouse/', 'text/html; charset=utf-8'],
  ['app://pilothouse/index.html', 'text/html; charset=utf-8'],
  ['app://pilothouse/index.html#/instances/a', 'text/html; charset=utf-8'],
  ['app://pilothouse/assets/page.js?v=1', 'text/javascript; charset=utf-8'],
  ['app://pilothouse/assets/%E5%AD%97.woff2', 'font/woff2'],
])('%s is served as %s, with the policy', async (url, mediaType) => {
  const { status, headers } = await get(url);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe(mediaType);
  expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  'app://pilothouse/../secret.html',
  'app://pilothouse/%2e%2e/secret.html',
  'app://pilothouse/..%2fsecret.html',
  'app://pilothouse/assets/..%2f..%2fsecret.html',
  'app://pilothouse/..%5csecret.html',
  'app://pilothouse/..%2frenderer-secret%2fsecret.html',
  'app://pilothouse//etc/passwd.html',
  'app://pilothouse/%2fetc%2fpasswd.html',
  'app://pilothouse/link.html',
  'app://pilothouse/directory/secret.html',
  'app://pilothouse/index.html%00.js',
  'app://pilothouse/%ff.html',
  'app://pilothouse/assets',
  'app://pilothouse/assets/page.js.map',
  'app://pilothouse/missing.html',
  'app://pilothouse.evil/index.html',
  'app://user@pilothouse/index.html',
  'app://pilothouse:1/index.html',
  'app://evil/index.html',
])('%s is not served', async (url) => {
  const response = await get(url);
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(await response.text()).toBe('');
});

test('a name with NUL in it never reaches the file system', async () => {
  expect((await get('app://pilothouse/index.html%00.js')).status).toBe(400);
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is no method here', async (method) => {
  expect((await get('app://pilothouse/', method)).status).toBe(405);
});

test('the scheme has an origin of its own and keeps its policy', async () => {
  const { electron, app, protocol } = createFakeElectron();
  registerPageScheme(electron.protocol);
  expect(protocol.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.becomeReady();
  servePage(electron.protocol, root, contentSecurityPolicy);
  expect((await protocol.request('app://pilothouse/')).status).toBe(200);
});

test('the policy allows no script but ours, no plugin, no frame and no other server', () => {
  const policy = contentSecurityPolicy.split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(contentSecurityPolicy).not.toMatch(/nonce-|unsafe-eval|https?:|\*/);
});
