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
/** How long one that was told to end may hold up the next. */
const leaveTimeoutMs = 10_000;

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
  /** Grows whenever it is switched off: a start that was asked for before is not wanted any more. */
  let closings = 0;
  /** Present while one that was told to end has not ended: it has the port and the world. */
  let leaving: Promise<unknown> | undefined;
  /** The same again after a crash, so that nobody has to look for it. */
  let port = 0;

  const start = async (): Promise<Running> => {
    const asked = closings;
    if (leaving) await leaving;
    if (asked !== closings) throw refusal('internal', 'sandbox-not-started', { detail: '' });
    return launch();
  };

  const end = (process_: ChildProcess) => {
    const gone = new Promise<void>((resolve) => {
      setTimeout(resolve, leaveTimeoutMs).unref();
      process_.onExit(resolve);
    });
    const all = Promise.all([leaving, gone]).then(() => {
      if (leaving === all) leaving = undefined;
    });
    leaving = all;
    process_.stop();
  };

  const launch = (): Promise<Running> =>
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
      const timer = setTimeout(() => {
        // What it says and how it ends is nobody's concern any more.
        if (child === process_) forget();
        end(process_);
        fail();
      }, startTimeoutMs).unref();
      process_.onComplaint((line) => {
        lastLine = line.slice(0, 300);
        log.warn('the sandbox cloud complains', { line: lastLine });
      });
      process_.onLine((line) => {
        const [, url] = /^Sandbox cloud: (http:\/\/127\.0\.0\.1:\d+)$/.exec(line) ?? [];
        const [, token] = /^Demo token: (\S+)$/.exec(line) ?? [];
        if (url) found.url = url;
        if (token) found.token = token;
        if (!found.url || !found.token || child !== process_) return;
        clearTimeout(timer);
        running = { url: found.url, token: found.token };
        port = Number(new URL(found.url).port);
        resolve(running);
      });
      process_.onExit(() => {
        clearTimeout(timer);
        fail();
        if (child !== process_) return;
        const ranBefore = running !== undefined;
        forget();
        // Perhaps somebody else has the port by now.
        if (!ranBefore) port = 0;
        if (closed || !ranBefore) return;
        log.warn('the sandbox cloud ended; it is started again', { lastLine });
        const again = () => {
          // Whoever waits for it is told; nobody may be waiting.
          if (!closed) ready().catch(() => {});
        };
        setTimeout(again, restartAfterMs).unref();
      });
    });

  const forget = () => {
    child = undefined;
    started = undefined;
    running = undefined;
  };

  const ready = async (): Promise<void> => {
    closed = false;
    started ??= start();
    const attempt = started;
    try {
      await attempt;
    } catch (error) {
      if (started === attempt) started = undefined;
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
      closings += 1;
      if (child) end(child);
      forget();
    },
  };
}
