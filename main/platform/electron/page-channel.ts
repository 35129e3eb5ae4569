/** One page's channel over IPC, from its first frame until the page or its window is gone. */
import type { WebContents } from 'electron';
import type { Channel, Frame } from '../../../preload/contract/wire.ts';

export interface PageChannel {
  readonly id: string;
  readonly channel: Channel;
  /** Hands on a frame of the page; nothing once closed. */
  take(frame: Frame): void;
  close(): void;
}

export function openPageChannel(
  contents: WebContents,
  channelName: string,
  id: string,
): PageChannel {
  let isOpen = true;
  let takeFrame: (frame: Frame) => void = () => {};
  const closeHandlers: (() => void)[] = [];
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const handler of closeHandlers.splice(0)) handler();
  };
  return {
    id,
    channel: {
      send(frame) {
        if (isOpen && !contents.isDestroyed()) contents.send(channelName, id, alone(frame));
      },
      onFrame(handler) {
        takeFrame = handler;
      },
      onClose(handler) {
        closeHandlers.push(handler);
      },
      close,
    },
    take(frame) {
      if (isOpen) takeFrame(frame);
    },
    close,
  };
}

/** Structured clone copies the whole buffer behind a view: what else lies in it is not the page's business. */
function alone(frame: Frame): Frame {
  if (typeof frame === 'string' || frame.byteLength === frame.buffer.byteLength) return frame;
  return frame.slice();
}
