/** The IPC host: the one channel name, who may use it, and a Channel for each page that does. */
import type { WebContents, WebFrameMain } from 'electron';
import type { BridgeChannel } from '../../../preload/contract/bridge.ts';
import type { Channel, Frame } from '../../../preload/contract/wire.ts';
import type { Log } from '../../core/log.ts';
import type { Electron } from './electron.ts';
import { isOwnAddress } from './page-address.ts';
import { openPageChannel, type PageChannel } from './page-channel.ts';

const channelName: BridgeChannel = 'pilothouse:frame';

/** A UUID's length: the preload script of each document makes one. */
const pageIdLength = 36;

export interface IpcHost {
  /** From now on the window's page may speak. */
  admit(contents: WebContents): void;
}

/** @param onChannel called at the first frame of each page; a reload is a new page */
export function createIpcHost(
  ipcMain: Electron['ipcMain'],
  log: Log,
  onChannel: (channel: Channel) => void,
): IpcHost {
  const pages = new Map<WebContents, readonly PageChannel[]>();

  ipcMain.on(channelName, (event, pageId: unknown, frame: unknown) => {
    const known = pages.get(event.sender);
    if (!known || !isTopFrameOfOurs(event.senderFrame) || !isPageId(pageId) || !isFrame(frame)) {
      // Dropped and not thrown: an error in a listener would be the whole application's.
      log.warn('a frame was refused', { address: event.senderFrame?.url.slice(0, 200) });
      return;
    }
    const page = known.find(({ id }) => id === pageId) ?? admitPage(event.sender, known, pageId);
    page.take(frame);
  });

  /** The page before it is closed, and remembered so that its late frames do not bring it back. */
  function admitPage(
    contents: WebContents,
    [current]: readonly PageChannel[],
    pageId: string,
  ): PageChannel {
    current?.close();
    const page = openPageChannel(contents, channelName, pageId);
    pages.set(contents, current ? [page, current] : [page]);
    onChannel(page.channel);
    return page;
  }

  return {
    admit(contents) {
      pages.set(contents, []);
      const closeAll = () => {
        for (const page of pages.get(contents) ?? []) page.close();
      };
      contents.on('render-process-gone', closeAll);
      contents.once('destroyed', () => {
        closeAll();
        pages.delete(contents);
      });
    },
  };
}

/** A frame inside the page, and a page from elsewhere, may say nothing. */
function isTopFrameOfOurs(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.url);
}

const isPageId = (value: unknown): value is string =>
  typeof value === 'string' && value.length === pageIdLength;

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'string' || value instanceof Uint8Array;
