/** The ways a page can be joined to a core, so that one suite can run over each. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { serve } from '../../../main/hosts/serve.ts';
import { startWebHost } from '../../../main/hosts/web-host.ts';
import type { Channel, Frame } from '../../../preload/contract/wire.ts';
import { type Client, createClient } from '../../../renderer/client/client.ts';
import { createTempDir } from '../temp-dir.ts';
import type { TestCore } from './test-core.ts';

export interface Joined {
  /** A further page's end of a channel. */
  join(): Promise<Channel>;
  stop(): Promise<void>;
}

export interface Wiring {
  readonly name: string;
  wire(core: TestCore): Promise<Joined>;
}

/** Two ends of a channel in one process; frames are copied and arrive in a later turn, as on a real one. */
export function createPipe(): readonly [Channel, Channel] {
  const frameHandlers: ((frame: Frame) => void)[] = [() => {}, () => {}];
  const closeHandlers: (() => void)[] = [];
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    for (const handler of closeHandlers) handler();
  };
  const end = (own: 0 | 1): Channel => ({
    send(frame) {
      const copy = typeof frame === 'string' ? frame : frame.slice();
      setImmediate(() => open && frameHandlers[1 - own]?.(copy));
    },
    onFrame(handler) {
      frameHandlers[own] = handler;
    },
    onClose: (handler) => void closeHandlers.push(handler),
    close,
  });
  return [end(0), end(1)];
}

const pipe: Wiring = {
  name: 'an in-memory pipe',
  async wire(core) {
    const pages: Channel[] = [];
    return {
      async join() {
        const [page, server] = createPipe();
        serve(core as never, server);
        pages.push(page);
        return page;
      },
      async stop() {
        for (const page of pages) page.close('over');
      },
    };
  },
};

const webSocket: Wiring = {
  name: 'a loopback WebSocket',
  async wire(core) {
    const directory = createTempDir('page');
    const host = await startWebHost({
      port: 0,
      directory: directory.path,
      onChannel: (channel) => serve(core as never, channel),
    });
    return {
      join: () => joinWebHost(host.newLink()),
      async stop() {
        await host.close();
        directory.remove();
      },
    };
  },
};

export const wirings: readonly Wiring[] = [pipe, webSocket];

/** What a page does with its link. @throws when the host refuses */
async function joinWebHost(link: string): Promise<Channel> {
  const { host, origin, hash } = new URL(link);
  const socket = new WebSocket(`ws://${host}/channel`, { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }));
  const [welcome] = await once(socket, 'message');
  if (!JSON.parse(String(welcome)).key) throw new Error(`refused: ${welcome}`);
  return {
    send: (frame) => socket.send(frame),
    onFrame: (handler) =>
      socket.on('message', (data: Buffer, isBinary) =>
        handler(isBinary ? new Uint8Array(data) : String(data)),
      ),
    onClose: (handler) => socket.on('close', handler),
    close: () => socket.close(),
  };
}

/** The real client on a channel that is there. */
export function clientOn(channel: Channel): Client {
  return createClient(({ connected, lost }) => {
    channel.onClose(lost);
    connected(channel);
  });
}
