/** BrowserWindow: records its options, closes unless somebody refuses. */
import { EventEmitter } from 'node:events';
import type { FakeApp } from './fake-app.ts';
import type { FakeIpcMain } from './fake-ipc-main.ts';
import type { FakeProtocol } from './fake-protocol.ts';
import { FakeWebContents } from './fake-web-contents.ts';
import { preventable } from './preventable.ts';

export interface FakeWindowOptions {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly webPreferences?: Readonly<Record<string, unknown>>;
}

export interface FakeBrowserWindow extends EventEmitter {
  readonly options: FakeWindowOptions;
  readonly webContents: FakeWebContents;
  readonly calls: readonly string[];
  close(): void;
  minimize(): void;
  isDestroyed(): boolean;
}

export function createFakeWindows(
  app: FakeApp,
  ipcMain: FakeIpcMain,
  protocol: FakeProtocol,
  windows: FakeBrowserWindow[],
): new (
  options: FakeWindowOptions,
) => FakeBrowserWindow {
  return class extends EventEmitter implements FakeBrowserWindow {
    static getFocusedWindow(): FakeBrowserWindow | null {
      return windows.find((window) => !window.isDestroyed()) ?? null;
    }

    readonly calls: string[] = [];
    readonly options: FakeWindowOptions;
    readonly webContents: FakeWebContents;
    private isMaximizedNow = false;
    private isMinimizedNow = false;

    constructor(options: FakeWindowOptions) {
      super();
      if (!app.isReady()) throw new Error('a window before the application was ready');
      this.options = options;
      const preload = options.webPreferences?.preload;
      this.webContents = new FakeWebContents(
        ipcMain,
        protocol,
        typeof preload === 'string' ? preload : undefined,
      );
      this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }

    loadURL(url: string): Promise<void> {
      this.calls.push(`load ${url}`);
      return this.webContents.load(url);
    }

    hide(): void {
      this.calls.push('hide');
    }

    show(): void {
      this.calls.push('show');
    }

    focus(): void {
      this.calls.push('focus');
    }

    maximize(): void {
      this.isMaximizedNow = true;
    }

    minimize(): void {
      this.isMinimizedNow = true;
    }

    restore(): void {
      this.isMinimizedNow = false;
    }

    isMaximized(): boolean {
      return this.isMaximizedNow;
    }

    isMinimized(): boolean {
      return this.isMinimizedNow;
    }

    getNormalBounds() {
      const { x = 10, y = 20, width = 800, height = 600 } = this.options;
      return { x, y, width, height };
    }

    isDestroyed(): boolean {
      return this.webContents.isDestroyed();
    }

    close(): void {
      if (this.isDestroyed()) return;
      const event = preventable();
      this.emit('close', event);
      if (event.defaultPrevented) return;
      this.webContents.destroy();
      this.emit('closed');
      if (windows.every((window) => window.isDestroyed())) app.emit('window-all-closed');
    }
  };
}
