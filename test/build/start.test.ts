/** The start command, run over a small stand-in of the project, so that nothing real is built or opened. */
import { chmodSync, cpSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRoot } from '../support/account.ts';
import { type Child, startChild } from '../support/child.ts';
import { createTempDir } from '../support/temp-dir.ts';

const project = createTempDir('start');
const put = (name: string, content: string) => {
  const file = join(project.path, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
};

const outputs = [
  'out/main/headless.js',
  'out/main/sandbox.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const sayArguments = 'console.log("headless", JSON.stringify(process.argv.slice(2)))';
const electronBinary = 'node_modules/electron/dist/electron';

beforeAll(() => {
  cpSync(resolve(import.meta.dirname, '../../build'), join(project.path, 'build'), {
    recursive: true,
  });
  put('package.json', '{"type": "module"}');
  put('main/headless.ts', '');
  put('node_modules/electron-vite/bin/electron-vite.js', 'console.log("built")');
});
beforeEach(() => {
  for (const name of outputs) {
    const later = Date.now() / 1000 + 60;
    utimesSync(put(name, sayArguments), later, later);
  }
});
afterAll(() => project.remove());

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, uid?: number) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, INIT_CWD: _cwd, ...rest } = process.env;
  const entry = join(project.path, 'build/start.mjs');
  return startChild(process.execPath, [entry, ...args], {
    cwd: project.path,
    env: { ...rest, ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  });
}

async function outcome(child: Child): Promise<{ code: number | null; output: string }> {
  return { code: await child.ended, output: child.output() };
}

describe('arguments', () => {
  test.each([
    ['an unknown flag', ['--colour', 'red'], /--colour/],
    ['a port out of range', ['--port', '65536'], /65536/],
    ['a port that is no number', ['--port', '80a'], /80a/],
    ['an empty directory', ['--data-dir='], /--data-dir/],
    ['a word', ['now'], /now/],
  ])('%s is named and ends with 2', async (_name, args, named) => {
    const { code, output } = await outcome(start(args));
    expect(code).toBe(2);
    expect(output).toMatch(named);
    expect(output).not.toContain('headless');
  });

  test('reach the web host, the directory from where the person stood', async () => {
    const child = start(['--web', '--port', '0', '--data-dir', 'data'], { INIT_CWD: '/srv' });
    const { code, output } = await outcome(child);
    expect(output).toBe('headless ["--port","0","--data-dir","/srv/data"]\n');
    expect(code).toBe(0);
  });
});

describe('building', () => {
  test('says nothing when the output is newer', async () => {
    expect((await outcome(start(['--web']))).output).not.toContain('Building');
  });

  test.each(['main/headless.ts', 'assets/new.json', 'package.json'])(
    'happens in one line after %s changed',
    async (name) => {
      const changed = put(name, name === 'package.json' ? '{"type": "module"}' : '');
      for (const output of outputs) utimesSync(join(project.path, output), 1, 1);
      const { output } = await outcome(start(['--web']));
      expect(output).toMatch(/^Building: .*\nbuilt\nheadless/);
      expect(changed).toContain(name);
    },
  );

  test('a build that fails ends it', async () => {
    const tool = put('node_modules/electron-vite/bin/electron-vite.js', 'process.exit(3)');
    utimesSync(join(project.path, 'out/main/headless.js'), 1, 1);
    const { code, output } = await outcome(start(['--web']));
    writeFileSync(tool, 'console.log("built")');
    expect(code).toBe(1);
    expect(output).toContain('npm ci');
    expect(output).not.toContain('headless');
  });
});

describe('the window', () => {
  test('without the binary: one line with the reason and the command, then the web host', async () => {
    const { output } = await outcome(start([]));
    const [reason, served] = output.split('\n');
    expect(reason).toMatch(/npx install-electron --no/);
    expect(served).toMatch(/^headless/);
  });

  test('without a display it serves the web host', async () => {
    fakeElectron('echo window "$@"');
    const { output } = await outcome(start([]));
    expect(output).toMatch(/there is no display.*\nheadless/);
  });

  test.runIf(isRoot)('as root it keeps the sandbox and serves the web host', async () => {
    fakeElectron('echo window "$@"');
    const { output } = await outcome(start([], { DISPLAY: ':0' }));
    expect(output).toMatch(/root.*\nheadless/);
  });

  test.runIf(process.platform === 'linux')('opens where all is there', async () => {
    fakeElectron('echo window "$@"');
    const { output } = await outcome(
      start(['--data-dir', '/srv/data'], { DISPLAY: ':0' }, ordinaryUser()),
    );
    expect(output).toBe(`window ${project.path} --data-dir /srv/data\n`);
  });

  test('an Electron that dies at once is replaced by the web host', async () => {
    fakeElectron('exit 127');
    const { output } = await outcome(start([], { DISPLAY: ':0' }, ordinaryUser()));
    expect(output).toMatch(/ended at once \(127\).*\nheadless/);
  });

  test('a signal reaches Electron and is not mistaken for a failure', async () => {
    fakeElectron('trap "echo asked to end; exit 0" TERM; echo open; while :; do sleep 0.1; done');
    const child = start([], { DISPLAY: ':0' }, ordinaryUser());
    await child.waitFor(/open/);
    child.signal('SIGTERM');
    const { output } = await outcome(child);
    expect(output).toContain('asked to end');
    expect(output).not.toContain('headless');
  });
});

function fakeElectron(script: string): void {
  put('node_modules/electron/path.txt', 'electron');
  chmodSync(put(electronBinary, `#!/bin/sh\n${script}\n`), 0o755);
}

/** Root must become somebody else, who must be able to read the stand-in. */
function ordinaryUser(): number | undefined {
  if (!isRoot) return undefined;
  chmodSync(project.path, 0o755);
  return 65_534;
}
