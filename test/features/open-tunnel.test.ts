/** A tunnel that is asked for twice at the same moment, or taken away while it is still being made. */
import { beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../main/core/clock.ts';
import type { Settings } from '../../main/core/settings.ts';
import { openTunnel, tunnelTo } from '../../main/features/tunnels/open-tunnel.ts';
import { createStarter, type Starter } from '../../main/features/tunnels/start-tunnel.ts';
import { createTunnelBook, type TunnelBook } from '../../main/features/tunnels/tunnel-book.ts';
import { opened } from '../support/tunnel-desk.ts';

let book: TunnelBook;
let starter: Starter;

beforeEach(() => {
  book = createTunnelBook({
    clock: systemClock,
    connections: {
      to: () => new Promise(() => {}),
      owner: (_kind, instance) => ({ kind: 'tunnel', instance, name: 'box', address: 'box:22' }),
    },
    settings: { change: () => {} } as unknown as Settings,
    events: { emit: () => {} } as never,
    wayOf: () => ({ prove: async () => {}, serve: async () => {} }),
  });
  starter = createStarter({
    prompts: { ask: () => new Promise(() => {}) },
    standingOf: () => ({ kind: 'enterable' }),
    portsBeside: book.portsBeside,
  });
});

const asked = {
  instance: 'servers/1',
  kind: 'local',
  name: '',
  remoteHost: '127.0.0.1',
  remotePort: 43_210,
  localHost: '127.0.0.1',
  bindAddress: 'loopback',
  startsWithApp: false,
} as const;

const listeners = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;

it('is one, on one port, when two ask for the way there at once', async () => {
  const before = listeners();
  const ask = () => tunnelTo(book, starter, 'servers/1', '127.0.0.1', 43_210);
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toBe(first);
  await expect.poll(listeners).toBe(before + 2);
  await starter.stop(first);
  await expect.poll(listeners).toBe(before);
});

it('holds no port when it is removed before it has one', async () => {
  const before = listeners();
  const opening = openTunnel(book, starter, asked);
  const [tunnel] = book.all();
  if (!tunnel) throw new Error('it is not shown');
  book.drop(tunnel);
  await starter.stop(tunnel);
  opened(await opening);
  await expect.poll(listeners).toBe(before);
});

it('is another where the one there is does not listen at 127.0.0.1, which a browser is sent to', async () => {
  const { id } = opened(await openTunnel(book, starter, { ...asked, bindAddress: '::1' }));
  const tunnel = await tunnelTo(book, starter, 'servers/1', '127.0.0.1', 43_210);
  expect(tunnel.target).toMatchObject({ bindAddress: 'loopback' });
  expect(tunnel.target.id).not.toBe(id);
  await Promise.all(book.all().map(starter.stop));
});
