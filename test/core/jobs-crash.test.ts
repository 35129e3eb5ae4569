/** A job is done exactly once, at whatever instant the process dies. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTempDir, type TempDir } from '../support/temp-dir.ts';

let built: TempDir;
let child: string;
let server: Server;
let url: string;
/** Effects at the cloud: `<step>/<key>` → how often. */
let effects: Map<string, number>;
/** Whether the answer to the next change gets lost, because whoever asked is killed first. */
let onChange: () => void = () => {};

beforeAll(async () => {
  built = createTempDir('crash');
  const entry = resolve(import.meta.dirname, '../support/crash/job-child.ts');
  const root = resolve(import.meta.dirname, '../..');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: built.path,
      rolldownOptions: { external: [/^libsql/, /^pino/, /^zod/] },
    },
  });
  child = resolve(root, `out/crash-job-child-${process.pid}.mjs`);
  renameSync(resolve(built.path, 'job-child.js'), child);
  server = createServer((request, response) => {
    const [, verb, step, key] = request.url?.split('/') ?? [];
    const name = `${step}/${key}`;
    if (verb === 'did') {
      response.end(JSON.stringify(effects.has(name)));
      return;
    }
    effects.set(name, (effects.get(name) ?? 0) + 1);
    onChange();
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  built.remove();
  rmSync(child, { force: true });
});

function run(directory: string, killAt: number, moment: string) {
  const process_ = spawn(process.execPath, [child, directory, url, String(killAt), moment], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  process_.stdout.on('data', (text) => {
    output += text;
  });
  return {
    kill: () => process_.kill('SIGKILL'),
    ended: once(process_, 'close').then(() => output),
  };
}

const lastWrite = 10;

describe('a job of three steps', () => {
  for (const moment of ['before', 'after']) {
    it(`is done once when the process dies ${moment} any of its writes`, async () => {
      let deaths = 0;
      for (let killAt = 1; killAt <= lastWrite; killAt += 1) {
        effects = new Map();
        const directory = createTempDir('job');
        let output = await run(directory.path, killAt, moment).ended;
        if (!output.includes('ended')) {
          deaths += 1;
          output = await run(directory.path, 0, moment).ended;
        }
        expect(output).toBe('ended done\n');
        expect([...effects.values()]).toEqual([1, 1, 1]);
        directory.remove();
      }
      // One write for the job, two for each step, one for its end.
      expect(deaths).toBeGreaterThanOrEqual(7);
    });
  }

  it('is done once when the process dies between a request and its answer', async () => {
    for (let change = 1; change <= 3; change += 1) {
      effects = new Map();
      const directory = createTempDir('job');
      const first = run(directory.path, 0, 'before');
      let seen = 0;
      onChange = () => {
        seen += 1;
        if (seen === change) first.kill();
      };
      expect(await first.ended).toBe('');
      onChange = () => {};
      expect(await run(directory.path, 0, 'before').ended).toBe('ended done\n');
      expect([...effects.values()]).toEqual([1, 1, 1]);
      directory.remove();
    }
  });
});
