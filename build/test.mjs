/** `npm test`: prepare, check, build, unit and integration tests, end-to-end tests, and one line that sums them up. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { findElectronBinary } from './electron-binary.mjs';
import { summarise } from './summary.mjs';

const root = resolve(import.meta.dirname, '..');
const results = resolve(root, 'test-results');
const bin = (name) => resolve(root, 'node_modules/.bin', name);

const environment = { ...process.env };
// Nothing in a test may fetch the binary. Where it is there, its own test needs to find it.
if (!findElectronBinary()) environment.ELECTRON_OVERRIDE_DIST_PATH = '/nonexistent';

/** Steps without counts fail as one; `needs` names a step without which this one says nothing. */
const steps = [
  { name: 'types', command: bin('tsc'), args: ['-b'], minutes: 2 },
  { name: 'lint', command: bin('biome'), args: ['check'], minutes: 2 },
  { name: 'unused code', command: bin('knip'), args: ['--config', 'build/knip.json'], minutes: 2 },
  {
    name: 'build',
    command: bin('electron-vite'),
    args: ['build', '--config', 'build/electron.vite.config.ts'],
    minutes: 2,
  },
  {
    name: 'unit and integration tests',
    command: bin('vitest'),
    args: [
      ...['run', '--config', 'build/vitest.config.ts'],
      ...['--reporter=default', '--reporter=./build/counts-vitest.mjs'],
    ],
    minutes: 15,
    countsFile: resolve(results, 'vitest.json'),
  },
  {
    name: 'end-to-end tests',
    command: bin('playwright'),
    args: ['test', '--config', 'build/playwright.config.ts'],
    minutes: 22,
    countsFile: resolve(results, 'playwright.json'),
    needs: 'build',
  },
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results);

const prepared = await run({
  name: 'prepare',
  command: process.execPath,
  args: ['build/prepare.mjs'],
  minutes: 5,
});
const suites = [prepared];
if (prepared.exitCode === 0) {
  for (const step of steps) {
    const lacking = suites.some(({ name, exitCode }) => name === step.needs && exitCode !== 0);
    suites.push(lacking ? { name: step.name, exitCode: 1 } : await run(step));
  }
}

const summary = summarise(suites);
const electronSkipped = summary.skipped.some(({ name }) => /electron\.spec/.test(name));
if (electronSkipped && findElectronBinary()) {
  suites.push({ name: 'the Electron test, skipped although the binary is there,', exitCode: 1 });
}
const { line, ok, skipped, problems } = summarise(suites);
console.log('');
for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason || 'no reason'}`);
for (const problem of problems) console.log(`failed: ${problem}`);
console.log(line);
process.exitCode = ok ? 0 : 1;

/** Runs a step in a process group of its own, so that nothing of it outlives its time. */
function run({ name, command, args, minutes, countsFile }) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...(countsFile && { PILOTHOUSE_COUNTS: countsFile }) },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // ended already
      }
    };
    const interrupt = () => {
      end('SIGTERM');
      process.exit(130);
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const timer = setTimeout(() => {
      console.error(`${name}: not done after ${minutes} minutes`);
      end('SIGKILL');
    }, minutes * 60_000);
    const finish = (exitCode) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      console.log(`── ${name}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
      done({ name, exitCode, ...(countsFile && { counts: readCounts(countsFile) }) });
    };
    child.on('error', (error) => {
      console.error(`${name}: ${error.message}`);
      finish(1);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

function readCounts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
