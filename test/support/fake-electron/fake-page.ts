/** A document with the preload script in it: what the script exposes, behind a context bridge that clones. */
import { readFileSync } from 'node:fs';
import type { Frame } from '../../../preload/contract/wire.ts';

interface ExposedBridge {
  send(frame: Frame): void;
  onFrame(handler: (frame: Frame) => void): void;
}

export interface FakePage {
  /** What the page would find on `window`. */
  readonly exposed: Readonly<Record<string, ExposedBridge>>;
  /** How the document was served. */
  readonly response: Response;
  deliver(channel: string, args: readonly unknown[]): void;
}

type Listener = (event: object, ...args: unknown[]) => void;

export function createFakePage(
  preload: string | undefined,
  response: Response,
  send: (channel: string, args: readonly unknown[]) => void,
): FakePage {
  const exposed: Record<string, ExposedBridge> = {};
  const listeners = new Map<string, Listener>();
  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, value: ExposedBridge) {
        if (exposed[name]) throw new Error(`${name} is exposed already`);
        exposed[name] = bridged(value);
      },
    },
    ipcRenderer: {
      on: (channel: string, listener: Listener) => listeners.set(channel, listener),
      send: (channel: string, ...args: unknown[]) => send(channel, args),
    },
  };
  if (preload !== undefined) run(readFileSync(preload, 'utf8'), electron);
  return {
    exposed,
    response,
    deliver: (channel, args) => listeners.get(channel)?.({ sender: 'never the page’s' }, ...args),
  };
}

/** A sandboxed preload script is CommonJS and may require `electron` alone. */
function run(source: string, electron: object): void {
  const requireOnly = (name: string) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
  const module = { exports: {} };
  new Function('require', 'module', 'exports', source)(requireOnly, module, module.exports);
}

/** Functions are wrapped; whatever goes through them, either way, is a clone. */
function bridged(api: ExposedBridge): ExposedBridge {
  const cross = (value: unknown): unknown =>
    typeof value === 'function'
      ? (...args: unknown[]) => value(...args.map(cross))
      : structuredClone(value);
  const entries = Object.entries(api).map(([name, member]) => [name, cross(member)]);
  return Object.freeze(Object.fromEntries(entries));
}
