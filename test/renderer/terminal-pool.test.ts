/** Opening a terminal: its tab comes with the session, however the answer and the list race. */
import { createInstance } from 'i18next';
import { expect, it, vi } from 'vitest';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { Client } from '../../renderer/client/client.ts';
import { createStores } from '../../renderer/client/stores.ts';
import { createTerminalPool } from '../../renderer/terminal/terminal-pool.ts';

const session: Terminal = {
  id: 'one',
  instance: 'sandbox/ins-1',
  title: 'box',
  shell: 'plain',
  state: 'open',
  openedAt: '2026-11-20T00:00:00.000Z',
};

it('shows a session that was answered before it is listed as soon as it is', async () => {
  const listeners = new Map<string, (payload: unknown) => void>();
  const client = {
    call: async (name: string) =>
      name === 'terminals.open' ? session : { revision: 0, items: [] },
    stream: () => ({
      stream: new ByteStream(
        1,
        () => {},
        () => {},
      ),
      opened: Promise.resolve(null),
    }),
    on: (name: string, listener: (payload: unknown) => void) => {
      listeners.set(name, listener);
      return () => {};
    },
    onConnected: (listener: () => void) => {
      listener();
      return () => {};
    },
    connection: { state: 'connected', subscribe: () => () => {} },
  } as unknown as Client;
  const words = {
    failed() {},
    clipboardWritten() {},
    broadcastEnded() {},
    goesOn() {},
    screenReader: () => ({ promptLabel: '', tooMuchOutput: '' }),
  };
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hasFocus: () => true }));
  vi.stubGlobal('window', new EventTarget());
  const pool = createTerminalPool(client, createStores(client, createInstance()), words, 'other');
  const stop = pool.start();
  const opening = pool.open(session.instance);
  await new Promise((resolve) => setTimeout(resolve));
  expect(pool.dock.getState().layout.tabs).toEqual([]);

  listeners.get('terminals.changed')?.({ revision: 1, changed: [session], removed: [] });
  await opening;
  const { layout, wanted } = pool.dock.getState();
  expect(layout).toMatchObject({ selected: 'one', tabs: [{ tree: 'one' }] });
  expect(wanted).toBe('one');
  stop();
});
