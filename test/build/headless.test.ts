/** The built headless entry, run as a person would: without a network, without Electron, and with things in its way. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requestRaw } from '../support/http-request.ts';
import { joinWebHost } from '../support/join-web-host.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';
import { launchHeadless, startWebApp } from '../support/web-app.ts';

let home: TempDir;
beforeEach(() => {
  home = createTempDir('home');
});
afterEach(() => home.remove());

const english = { LANG: 'C.UTF-8' };

test('it serves its page, and the link lets one in', async () => {
  const app = await startWebApp();
  expect((await requestRaw(app.port, '/')).status).toBe(200);
  const channel = await joinWebHost(app.url);
  channel.close('done');
  await expect(joinWebHost(app.url)).rejects.toThrow('refused');
  await app.stop();
});

test('Enter prints another link that works', async () => {
  const app = await startWebApp();
  const link = await app.newLink();
  expect(link).not.toBe(app.url);
  (await joinWebHost(link)).close('done');
  await app.stop();
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it in order', async (signal) => {
  const child = launchHeadless(['--no-open', '--data-dir', join(home.path, 'data')], home.path);
  await child.waitFor(/^Pilothouse: http/m);
  child.signal(signal);
  expect(await child.ended).toBe(0);
});

test('a start that fails for whatever reason says so and ends', async () => {
  const data = join(home.path, 'data');
  const child = launchHeadless(['--no-open', '--port', '99999', '--data-dir', data], home.path);
  expect(await child.ended).toBe(1);
  expect(child.output()).toContain('99999');
});

test('it reaches for no network and needs no variable of Electron', async () => {
  const record = join(home.path, 'network-record');
  writeFileSync(record, '');
  const hook = pathToFileURL(resolve(import.meta.dirname, '../support/watch-network.mjs')).href;
  const child = launchHeadless(['--no-open', '--data-dir', join(home.path, 'data')], home.path, {
    NODE_OPTIONS: `--import ${hook}`,
    NETWORK_RECORD: record,
    ELECTRON_OVERRIDE_DIST_PATH: undefined,
    ELECTRON_RUN_AS_NODE: undefined,
  });
  const [, link = ''] = await child.waitFor(/^Pilothouse: (http\S+)/m);
  const channel = await joinWebHost(link);
  await new Promise((done) => setTimeout(done, 1500));
  channel.close('done');
  await child.stop();
  expect(readFileSync(record, 'utf8')).toBe('');
});

test('what it keeps is readable by its owner only', async () => {
  const app = await startWebApp();
  expect(statSync(app.dataDir).mode & 0o077).toBe(0);
  await app.stop();
});

describe('says what is in its way, in words, and ends with 1:', () => {
  test('another copy on the same data directory', async () => {
    const app = await startWebApp();
    const second = launchHeadless(['--no-open', '--data-dir', app.dataDir], home.path, english);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(app.dataDir);
    expect(second.output()).not.toMatch(/\n\s+at /);
    expect((await requestRaw(app.port, '/')).status).toBe(200);
    await app.stop();
  });

  test('a port in use', async () => {
    const server = createServer();
    await listen(server);
    const port = String(addressPort(server));
    const data = join(home.path, 'data');
    const child = launchHeadless(['--port', port, '--data-dir', data], home.path, english);
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain(port);
    expect(child.output()).not.toMatch(/\n\s+at /);
    await closeServer(server);
  });

  test('a data directory that is a file', async () => {
    const file = join(home.path, 'file');
    writeFileSync(file, 'mine');
    const child = launchHeadless(['--no-open', '--data-dir', file], home.path, english);
    expect(await child.ended).toBe(1);
    expect(child.output()).not.toMatch(/\n\s+at /);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

test('a killed one leaves nothing that stops the next', async () => {
  const data = join(home.path, 'data');
  const first = launchHeadless(['--no-open', '--data-dir', data], home.path);
  await first.waitFor(/^Pilothouse: http/m);
  first.signal('SIGKILL');
  await first.ended;
  expect(existsSync(data)).toBe(true);
  const second = launchHeadless(['--no-open', '--data-dir', data], home.path);
  await second.waitFor(/^Pilothouse: http/m);
  await second.stop();
});
