/** A real Jupyter server that leaves its runtime file where one on an instance would. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRoot } from './account.ts';
import { startChild } from './child.ts';
import { startOnFreePort } from './free-port.ts';
import { createSelfSigned } from './self-signed.ts';

export interface JupyterOptions {
  /** Whose server it is: the account of `startSshd`. */
  readonly account: { readonly home: string; readonly uid: number; readonly gid: number };
  /** Default: any free port. */
  readonly port?: number;
  /** Default: a random one. Empty: a server without a token. */
  readonly token?: string;
  /** Path prefix, such as `/lab-7/`. */
  readonly basePath?: string;
  /** Speaks TLS only, with a certificate nobody vouches for. */
  readonly secure?: boolean;
}

export interface Jupyter {
  readonly port: number;
  readonly pid: number;
  readonly token: string;
  /** Ends in a slash. */
  readonly baseUrl: string;
  /** What the server has logged: requests with their status. */
  log(): string;
  stop(): Promise<void>;
}

export function startJupyter(options: JupyterOptions): Promise<Jupyter> {
  const { port } = options;
  if (port !== undefined) return startOn(port, options);
  return startOnFreePort((free) => startOn(free, options));
}

/** Half a minute of them. */
const mostTries = 600;

async function startOn(port: number, options: JupyterOptions): Promise<Jupyter> {
  const { home, uid, gid } = options.account;
  const token = options.token ?? crypto.randomUUID().replaceAll('-', '');
  const basePath = options.basePath ?? '/';
  const runtime = join(home, '.local/share/jupyter/runtime');
  const certificate = options.secure ? writeCertificate(home) : [];
  const environment: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    JUPYTER_RUNTIME_DIR: runtime,
    JUPYTER_TOKEN: token,
  };
  const child = startChild(
    command(),
    [
      '--no-browser',
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--port-retries=0',
      `--NotebookApp.base_url=${basePath}`,
      ...certificate,
      ...(uid === 0 ? ['--allow-root'] : []),
    ],
    { cwd: home, env: environment, ...(isRoot && { uid, gid }) },
  );
  await child.waitFor(/is running at/, 60_000);
  // Written a moment after that is said.
  const runtimeFile = join(runtime, `nbserver-${child.pid}.json`);
  for (let tries = 0; !isWhole(runtimeFile); tries += 1) {
    if (tries === mostTries) {
      await child.stop();
      throw new Error(`Jupyter left no ${runtimeFile}`);
    }
    await sleep(50);
  }
  return {
    port,
    pid: child.pid,
    token,
    baseUrl: `${options.secure ? 'https' : 'http'}://127.0.0.1:${port}${basePath}`,
    log: child.output,
    stop: child.stop,
  };
}

function isWhole(jsonFile: string): boolean {
  try {
    JSON.parse(readFileSync(jsonFile, 'utf8'));
    return true;
  } catch {
    return false; // not there yet, or being written
  }
}

function writeCertificate(home: string): readonly string[] {
  const { certificate, privateKey } = createSelfSigned();
  const files = { certfile: join(home, 'jupyter.pem'), keyfile: join(home, 'jupyter.key') };
  writeFileSync(files.certfile, certificate);
  writeFileSync(files.keyfile, privateKey);
  return Object.entries(files).map(([option, path]) => `--${option}=${path}`);
}

function command(): string {
  const found = ['/usr/bin/jupyter-notebook', '/usr/local/bin/jupyter-notebook'].find(existsSync);
  if (!found) throw new Error('jupyter-notebook is missing: install it');
  return found;
}
