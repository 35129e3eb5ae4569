/** What the tests need besides npm is installed where that is allowed, and named exactly where it is not. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRoot } from '../support/account.ts';
import { startChild } from '../support/child.ts';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

const script = resolve(import.meta.dirname, '../../build/prepare.mjs');
let directory: TempDir;
let calls: string;
beforeEach(() => {
  directory = createTempDir('prepare');
  calls = join(directory.path, 'calls');
  const aptGet = join(directory.path, 'apt-get');
  writeFileSync(aptGet, `#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> ${calls}\n`);
  chmodSync(aptGet, 0o755);
  chmodSync(directory.path, 0o755);
});
afterEach(() => directory.remove());

/** Runs it with an apt-get that only writes down what it was asked. */
async function prepare(env: Readonly<Record<string, string>>, uid?: number) {
  const child = startChild(process.execPath, [script], {
    env: { ...process.env, PATH: `${directory.path}:${process.env.PATH}`, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  const code = await child.ended;
  const asked = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { code, output: child.output(), asked };
}

test('with everything there it says nothing and installs nothing', async () => {
  expect(await prepare({})).toEqual({ code: 0, output: '', asked: [] });
});

const missing = { CHROMIUM_PATH: '/nonexistent/chromium' };

test.runIf(isRoot && existsSync('/etc/debian_version'))(
  'as root on Debian it installs what is missing, and only that',
  async () => {
    const { code, output, asked } = await prepare(missing);
    expect(asked).toEqual([
      'noninteractive --quiet=2 update',
      'noninteractive --quiet=2 install --yes --no-install-recommends chromium',
    ]);
    // This apt-get installed nothing, and that is noticed.
    expect(output).toContain('still missing: Chromium');
    expect(code).toBe(1);
  },
);

test('elsewhere it says exactly what to install and ends with 1', async () => {
  const { code, output, asked } = await prepare(missing, isRoot ? 65_534 : undefined);
  expect(output).toContain('apt-get install chromium');
  expect(output).toContain('CHROMIUM_PATH');
  expect(asked).toEqual([]);
  expect(code).toBe(1);
});
