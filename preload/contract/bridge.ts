/** What the preload script puts on the page's `window.pilothouse`, and nothing more. */
import type { Frame } from './wire.ts';

export interface Bridge {
  send(frame: Frame): void;
  /** One handler; a second call replaces the first. */
  onFrame(handler: (frame: Frame) => void): void;
}

/** The name of the one IPC channel, in both directions. */
export type BridgeChannel = 'pilothouse:frame';
