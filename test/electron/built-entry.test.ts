/** The built entry, run by plain Node with a fake in Electron's place, from its first line to its end. */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/hosts/content-security-policy.ts';
import { runBuiltEntry } from '../support/fake-electron/run-built-entry.ts';

const out = resolve(import.meta.dirname, '../../out');
let run: Awaited<ReturnType<typeof runBuiltEntry>>;

beforeAll(async () => {
  const entry = join(out, 'main/electron.js');
  if (!existsSync(entry)) throw new Error('out/main/electron.js is missing: npm run build');
  run = await runBuiltEntry(entry);
});
afterAll(() => run?.remove());

test('opens one window on our page, served with the policy', () => {
  expect(run.errorBoxes).toEqual([]);
  expect(run.address).toBe('app://pilothouse/index.html');
  expect(run.policy).toBe(contentSecurityPolicy);
  expect(run.menus).toBe(1);
});

test('gives the page the two functions of the bridge and nothing else', () => {
  expect(run.exposed).toEqual([['pilothouse', ['onFrame', 'send']]]);
});

test('answers hello end to end, and again after a reload', () => {
  const hello = {
    product: 'Pilothouse',
    host: 'electron',
    operatingSystem: process.platform,
    dataDirectory: run.dataDirectory,
  };
  expect(run.hello).toMatchObject(hello);
  expect(run.helloAfterReload).toMatchObject(hello);
});

test('is hardened when it is ready, and not only on paper', () => {
  expect(run.isSandboxed).toBe(true);
  expect(run.webPreferences).toMatchObject({
    preload: join(out, 'preload/index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(run.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
  expect(run.cameraGranted).toBe(false);
  expect(run.foreignNavigation).toBe(false);
  expect(run.refused).toMatchObject({ code: 'forbidden' });
});

test('a link from outside shows an instance', () => {
  expect(run.addressAfterLink).toBe('app://pilothouse/index.html#/instances/own%2Fins-1');
});

test('keeps the browser’s files apart and its own to the owner', () => {
  expect(statSync(join(run.dataDirectory, 'browser')).mode & 0o777).toBe(0o700);
  expect(existsSync(join(run.dataDirectory, 'browser/window.json'))).toBe(true);
});

test('quits by itself, the core closed', () => {
  expect(run.exitCode).toBe(0);
});
