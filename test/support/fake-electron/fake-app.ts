/** The application's life: not ready until the entry has run to its end, and quitting that anybody may prevent. */
import { EventEmitter } from 'node:events';
import { preventable } from './preventable.ts';

interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

export interface FakeApp extends EventEmitter {
  isPackaged: boolean;
  /** Whether this is the first instance. */
  hasLock: boolean;
  languages: string[];
  readonly paths: Map<string, string>;
  readonly switches: Map<string, string>;
  readonly isSandboxed: boolean;
  readonly protocolClients: readonly string[];
  /** The exit code once the application is over. */
  readonly exitCode: number | undefined;
  isReady(): boolean;
  becomeReady(): void;
  quit(): void;
}

export function createFakeApp(windows: readonly Closable[]): FakeApp {
  const { promise: ready, resolve: becomeReady } = withResolver();
  const paths = new Map<string, string>();
  const switches = new Map<string, string>();
  const protocolClients: string[] = [];
  let isReady = false;
  let isSandboxed = false;
  let exitCode: number | undefined;

  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    hasLock: true,
    languages: ['en-GB'],
    paths,
    switches,
    protocolClients,
    commandLine: {
      appendSwitch: (name: string, value = '') => {
        if (isReady) throw new Error('a switch after the application was ready has no effect');
        switches.set(name, value);
      },
      hasSwitch: (name: string) => switches.has(name),
    },
    isReady: () => isReady,
    whenReady: () => ready,
    becomeReady() {
      isReady = true;
      becomeReady();
    },
    enableSandbox() {
      if (isReady) throw new Error('enableSandbox after the application was ready');
      isSandboxed = true;
    },
    requestSingleInstanceLock: () => app.hasLock,
    setAsDefaultProtocolClient: (scheme: string) => protocolClients.push(scheme),
    setPath: (name: string, path: string) => paths.set(name, path),
    getPath(name: string) {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`nobody has set the path ${name}`);
      return path;
    },
    getVersion: () => '0.0.0-fake',
    getPreferredSystemLanguages: () => app.languages,
    quit() {
      const event = preventable();
      app.emit('before-quit', event);
      if (event.defaultPrevented) return;
      for (const window of [...windows]) window.close();
      if (windows.some((window) => !window.isDestroyed())) return;
      app.emit('will-quit', preventable());
      app.exit(0);
    },
    exit(code: number) {
      exitCode ??= code;
      app.emit('quit', {}, code);
    },
  });
  Object.defineProperties(app, {
    isSandboxed: { get: () => isSandboxed },
    exitCode: { get: () => exitCode },
  });
  return app as unknown as FakeApp;
}

function withResolver(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
