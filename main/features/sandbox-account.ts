/** The sandbox cloud as an account: a process of its own beside the application, started at its first use. */
import { join } from 'node:path';
import { refusal } from '../../preload/contract/errors.ts';
import type { Log } from '../core/log.ts';
import type { ChildProcess, Platform } from '../platform/platform.ts';
import type { BuiltInAccount } from './account-context.ts';

export interface SandboxAccount extends BuiltInAccount {
  /** Ends the process. */
  close(): void;
}

const startTimeoutMs = 30_000;
const restartAfterMs = 1000;

interface Running {
  readonly url: string;
  readonly token: string;
}

/** For trying things out: time that runs faster, and a cloud that fails. See the README. */
function wishes(environment: Platform['environment']): readonly string[] {
  const { PILOTHOUSE_SANDBOX_CLOCK_RATE: rate, PILOTHOUSE_SANDBOX_FAULTS: faults } = environment;
  return [...(rate ? ['--clock-rate', rate] : []), ...(faults ? ['--faults', faults] : [])];
}

export function createSandboxAccount(
  startProcess: NonNullable<Platform['startProcess']>,
  dataDirectory: string,
  environment: Platform['environment'],
  log: Log,
): SandboxAccount {
  let child: ChildProcess | undefined;
  let started: Promise<Running> | undefined;
  let running: Running | undefined;
  let closed = false;

  /** @param port the same again after a crash, so that nobody has to look for it */
  const start = (port: number): Promise<Running> =>
    new Promise((resolve, reject) => {
      const directory = join(dataDirectory, 'sandbox');
      const process_ = startProcess('sandbox', [
        ...['--port', String(port), '--data-dir', directory],
        ...wishes(environment),
      ]);
      child = process_;
      let lastLine = '';
      const found: { url?: string; token?: string } = {};
      const fail = () => reject(refusal('internal', 'sandbox-not-started', { detail: lastLine }));
      const timer = setTimeout(fail, startTimeoutMs).unref();
      process_.onComplaint((line) => {
        lastLine = line.slice(0, 300);
        log.warn('the sandbox cloud complains', { line: lastLine });
      });
      process_.onLine((line) => {
        const [, url] = /^Sandbox cloud: (http:\/\/127\.0\.0\.1:\d+)$/.exec(line) ?? [];
        const [, token] = /^Demo token: (\S+)$/.exec(line) ?? [];
        if (url) found.url = url;
        if (token) found.token = token;
        if (!found.url || !found.token) return;
        clearTimeout(timer);
        running = { url: found.url, token: found.token };
        resolve(running);
      });
      process_.onExit(() => {
        clearTimeout(timer);
        fail();
        if (closed || child !== process_ || !running) return;
        log.warn('the sandbox cloud ended; it is started again', { lastLine });
        const { port: samePort } = new URL(running.url);
        setTimeout(() => {
          if (closed) return;
          started = start(Number(samePort));
          // Whoever waits for it is told; nobody may be waiting.
          started.catch(() => {});
        }, restartAfterMs).unref();
      });
    });

  const ready = async (): Promise<void> => {
    closed = false;
    started ??= start(0);
    try {
      await started;
    } catch (error) {
      started = undefined;
      throw error;
    }
  };

  return {
    id: 'sandbox',
    cloud: 'glows',
    name: 'Sandbox',
    simulated: true,
    lend: {
      ready,
      readConfig: () => running && { baseUrl: `${running.url}/sdk/v1` },
      secret: async (name) => (name === 'token' ? running?.token : undefined),
    },
    close() {
      closed = true;
      started = undefined;
      running = undefined;
      child?.stop();
    },
  };
}
