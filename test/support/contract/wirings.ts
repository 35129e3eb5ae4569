/** The ways a page can be joined to a core, so that one suite can run over each. */
import { serve } from '../../../main/hosts/serve.ts';
import { startWebHost } from '../../../main/hosts/web-host.ts';
import type { Channel, Frame } from '../../../preload/contract/wire.ts';
import { joinWebHost } from '../join-web-host.ts';
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
        serve(core, server);
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
      onChannel: (channel) => serve(core, channel),
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
