/** The bridge: the two functions a page is given. Never grows, imports only types, and nothing of Electron passes through it. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, BridgeChannel } from './contract/bridge.ts';
import type { Frame } from './contract/wire.ts';

const channel: BridgeChannel = 'pilothouse:frame';

/** This script runs once for each document, so that a reload is a new page, and answers meant for the page before it are dropped. */
const page = crypto.randomUUID();

/** By its tag, because each side of the context bridge has a Uint8Array of its own. */
const isFrame = (value: unknown): value is Frame =>
  typeof value === 'string' || Object.prototype.toString.call(value) === '[object Uint8Array]';

let handler: (frame: Frame) => void = () => {};

ipcRenderer.on(channel, (_event, forPage: unknown, frame: unknown) => {
  if (forPage === page && isFrame(frame)) handler(frame);
});

const bridge: Bridge = {
  send(frame) {
    if (!isFrame(frame)) throw new TypeError('a frame is a string or a Uint8Array');
    ipcRenderer.send(channel, page, frame);
  },
  onFrame(next) {
    if (typeof next !== 'function') throw new TypeError('a handler is a function');
    handler = next;
  },
};

contextBridge.exposeInMainWorld('pilothouse', Object.freeze(bridge));
