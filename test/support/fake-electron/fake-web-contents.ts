/** What lies in a window: loads an address through the protocol, runs the preload script there, carries frames as clones. */
import { EventEmitter } from 'node:events';
import type { FakeIpcMain } from './fake-ipc-main.ts';
import { createFakePage, type FakePage } from './fake-page.ts';
import type { FakeProtocol } from './fake-protocol.ts';
import { preventable } from './preventable.ts';

export interface FakeFrame {
  readonly url: string;
  readonly parent: FakeFrame | null;
}

type OpenHandler = (details: { url: string }) => { action: string };

export class FakeWebContents extends EventEmitter {
  /** The document there is now. */
  page: FakePage | undefined;
  mainFrame: FakeFrame = { url: '', parent: null };
  loads = 0;
  private destroyed = false;
  private openHandler: OpenHandler = () => ({ action: 'allow' });
  private readonly ipcMain: FakeIpcMain;
  private readonly protocol: FakeProtocol;
  private readonly preload: string | undefined;

  constructor(ipcMain: FakeIpcMain, protocol: FakeProtocol, preload: string | undefined) {
    super();
    this.ipcMain = ipcMain;
    this.protocol = protocol;
    this.preload = preload;
  }

  async load(url: string): Promise<void> {
    const [address, fragment] = url.split('#');
    const isSameDocument = fragment !== undefined && this.mainFrame.url.split('#')[0] === address;
    this.mainFrame = { url, parent: null };
    if (isSameDocument) return;
    const response = await this.protocol.request(url);
    if (!response.ok) throw new Error(`ERR_FAILED (${response.status}) loading ${url}`);
    this.loads += 1;
    this.page = createFakePage(this.preload, response, (channel, args) =>
      this.receive(this.mainFrame, channel, args),
    );
    this.emit('did-finish-load');
  }

  async reload(): Promise<void> {
    await this.load(this.mainFrame.url.split('#')[0] ?? '');
  }

  /** A message from a frame, the page's own or one that a test makes up. */
  receive(senderFrame: FakeFrame | null, channel: string, args: readonly unknown[]): void {
    this.ipcMain.emit(channel, { sender: this, senderFrame }, ...structuredClone(args));
  }

  send(channel: string, ...args: unknown[]): void {
    this.page?.deliver(channel, structuredClone(args));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  /** Whether the page may open a window there. */
  mayOpen(url: string): boolean {
    return this.openHandler({ url }).action !== 'deny';
  }

  /** Whether the page may go there. */
  mayGo(event: string, url: string, isMainFrame = true): boolean {
    const navigation = preventable({ url, isMainFrame });
    this.emit(event, navigation);
    return !navigation.defaultPrevented;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.destroyed = true;
    this.page = undefined;
    this.emit('destroyed');
  }
}
