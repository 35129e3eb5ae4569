/** The built product on its web host, as a person would start it, with a home directory of its own. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { type Child, startChild } from './child.ts';
import { createTempDir } from './temp-dir.ts';

export interface WebAppOptions {
  /** Default: a new one, removed at `stop`. */
  readonly dataDir?: string;
  /** Default: a new one, so that the real ~/.ssh is never read. */
  readonly home?: string;
  /** Default: any free port. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the sandbox cloud starts with it, as it does for a newcomer; default: it was switched off before. */
  readonly sandbox?: boolean;
}

export interface WebApp {
  /** The link with its one-time token; open it once. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly home: string;
  readonly pid: number;
  output(): string;
  /** Presses Enter in the terminal: a second link. */
  newLink(): Promise<string>;
  stop(): Promise<void>;
}

const entry = resolve(import.meta.dirname, '../../out/main/headless.js');
/** As `npm run web` gives them to Node. */
const nodeFlags = packageJson.scripts.web.split(' ').filter((word) => word.startsWith('--max-'));
const link = /^Pilothouse: (http:\/\/127\.0\.0\.1:(\d+)\/#token=\S+)$/gm;

/** Starts the built entry and returns at once; most tests want `startWebApp`. */
export function launchHeadless(
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Child {
  if (!existsSync(entry)) throw new Error('out/main/headless.js is missing: npm run build');
  const { SSH_AUTH_SOCK: _agent, DISPLAY: _display, ...inherited } = process.env;
  return startChild(process.execPath, [...nodeFlags, entry, ...args], {
    cwd: home,
    env: { ...inherited, HOME: home, ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent', ...env },
  });
}

function switchSandboxOff(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const settings = join(dataDir, 'settings.json');
  if (!existsSync(settings)) writeFileSync(settings, '{"sandbox":false}');
}

export async function startWebApp(options: WebAppOptions = {}): Promise<WebApp> {
  const own = createTempDir('web-app');
  const dataDir = options.dataDir ?? join(own.path, 'data');
  const home = options.home ?? join(own.path, 'home');
  mkdirSync(home, { recursive: true });
  if (!options.sandbox) switchSandboxOff(dataDir);
  const args = ['--no-open', '--port', String(options.port ?? 0), '--data-dir', dataDir];
  const child = launchHeadless(args, home, options.env);
  const links = () => [...child.output().matchAll(link)];
  const [, url = '', port] = await child.waitFor(new RegExp(link.source, 'm')).catch((error) => {
    own.remove();
    throw error;
  });
  return {
    url,
    port: Number(port),
    dataDir,
    home,
    pid: child.pid,
    output: child.output,
    async newLink() {
      const before = links().length;
      child.write('\n');
      await child.waitFor(new RegExp(`(?:${link.source}[\\s\\S]*?){${before + 1}}`, 'm'));
      return links()[before]?.[1] ?? '';
    },
    async stop() {
      await child.stop();
      own.remove();
    },
  };
}
