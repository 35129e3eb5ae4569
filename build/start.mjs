/** `npm start` and `npm run web`: builds when sources are newer, then opens the window, or serves the web host and says why. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from './build-if-needed.mjs';
import { fetchElectronCommand, findElectronBinary } from './electron-binary.mjs';

const root = resolve(import.meta.dirname, '..');
const usage = 'npm start [-- --port N] [--data-dir DIR] [--no-open], or npm run web with the same';
/** An Electron that fails sooner than this never showed a window. */
const startMs = 5000;

const options = readOptions();
buildIfNeeded(root);
const obstacle = options.web ? undefined : findObstacle();
if (options.web) await serveWeb();
else if (obstacle) await serveWebBecause(obstacle);
else openWindow();

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        web: { type: 'boolean', default: false },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        'no-open': { type: 'boolean', default: false },
      },
    });
    const { port, 'data-dir': dataDir } = values;
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      throw new Error(`--port ${port}: a port is a number from 0 (any) to 65535`);
    }
    if (dataDir === '') throw new Error('--data-dir needs the name of a directory');
    return values;
  } catch (error) {
    console.error(error.message);
    console.error(usage);
    process.exit(2);
  }
}

/** Why there can be no window here, or undefined. Giving up Electron's sandbox is never the answer. */
function findObstacle() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!findElectronBinary()) {
    return `Electron's binary is not here (\`${fetchElectronCommand}\` fetches it)`;
  }
  if (process.platform !== 'linux') return undefined;
  if (!DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid() === 0) return 'Electron does not run as root with its sandbox on';
  return undefined;
}

function dataDirArguments() {
  const dataDir = options['data-dir'];
  // npm changes into the package; the person named the directory from where they stood.
  const from = process.env.INIT_CWD ?? process.cwd();
  return dataDir === undefined ? [] : ['--data-dir', resolve(from, dataDir)];
}

async function serveWebBecause(reason) {
  console.log(`No window, ${reason}: serving the web host instead.`);
  await serveWeb();
}

/** In this very process, so that signals and the Enter key reach it as they are. */
async function serveWeb() {
  const entry = resolve(root, 'out/main/headless.js');
  const port = options.port === undefined ? [] : ['--port', options.port];
  const noOpen = options['no-open'] ? ['--no-open'] : [];
  process.argv = [process.execPath, entry, ...port, ...dataDirArguments(), ...noOpen];
  await import(pathToFileURL(entry).href);
}

function openWindow() {
  if (options.port !== undefined) console.log('The window needs no port: --port is not used.');
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  let child;
  let interrupted = false;
  const passOn = (signal) => {
    interrupted = true;
    child.kill(signal);
  };
  // Before there is anything to interrupt: a signal must never end us and leave Electron behind.
  for (const signal of signals) process.on(signal, passOn);
  const startedAt = performance.now();
  child = spawn(findElectronBinary(), [root, ...dataDirArguments()], { stdio: 'inherit' });
  let over = false;
  const finish = (code, signal) => {
    if (over) return;
    over = true;
    for (const name of signals) process.off(name, passOn);
    const atOnce = performance.now() - startedAt < startMs;
    if (code !== 0 && atOnce && !interrupted) {
      void serveWebBecause(`Electron ended at once (${signal ?? code})`);
    } else process.exitCode = code ?? 1;
  };
  child.on('error', (error) => finish(error.code ?? 1));
  child.on('close', finish);
}
