/** The main process's end of IPC: one listener for each channel name, a second is refused. */
import { EventEmitter } from 'node:events';

export class FakeIpcMain extends EventEmitter {
  override on(channel: string, listener: (...args: never[]) => void): this {
    if (this.listenerCount(channel) > 0) throw new Error(`${channel} has a listener already`);
    return super.on(channel, listener as (...args: unknown[]) => void);
  }
}
