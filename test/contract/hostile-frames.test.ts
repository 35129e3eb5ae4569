/** Frames no page should send, whatever joins it to the core: each is refused and hurts nobody else. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CloudError } from '../../preload/contract/errors.ts';
import { type Channel, maxPageFrameBytes } from '../../preload/contract/wire.ts';
import { hello, type JoinedPage, joinPage, tunnel } from '../support/contract/join-page.ts';
import { createFrameMaker, createRandom } from '../support/contract/random-frames.ts';
import { askNames } from '../support/contract/test-core.ts';
import { wirings } from '../support/contract/wirings.ts';

/** The code of the failure the core tells after a frame of no protocol. */
function sendRaw(channel: Channel, frame: string): Promise<string> {
  return new Promise((resolve) => {
    channel.onFrame((answer) => {
      const message = JSON.parse(String(answer));
      if (message.type === 'failure') resolve(message.failure.code);
    });
    channel.send(frame);
  });
}

describe.each(wirings)('over $name', (wiring) => {
  let page: JoinedPage;
  beforeEach(async () => {
    page = await joinPage(wiring);
  });
  afterEach(() => page.stop());

  test.each(['no.such', 'constructor', '__proto__', 'app.__proto__', 'settings.changed', ''])(
    'the name %j is refused as invalid',
    async (name) => {
      const call = page.client.call(name as 'app.hello', {});
      await expect(call).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  test.each<[string, unknown]>([
    ['of the wrong type', { instance: 5, remotePort: 8888 }],
    ['out of range', { instance: 'a/b', remotePort: 65_536 }],
    ['too many', { instance: 'a/b', remotePort: 8888, command: 'reboot' }],
    ['too long', { instance: 'a'.repeat(301), remotePort: 8888 }],
    ['missing', {}],
    ['a list', [1]],
  ])('arguments %s are refused before the handler sees them', async (_name, args) => {
    const call = page.client.call('tunnels.open', args as typeof tunnel);
    await expect(call).rejects.toMatchObject({ code: 'invalid' });
    expect(page.waiting.size).toBe(0);
  });

  test('a call without arguments or with a stray field is not of the protocol', async () => {
    const raw = await page.join();
    const call = { type: 'call', id: 1, name: 'app.hello' };
    expect(await sendRaw(raw, JSON.stringify({ ...call, args: {}, stray: 1 }))).toBe('invalid');
    expect(await sendRaw(raw, JSON.stringify(call))).toBe('invalid');
  });

  test('a frame that is too large closes its channel and no other', async () => {
    const other = await page.join();
    const closed = new Promise<void>((resolve) => other.onClose(() => resolve()));
    other.send('x'.repeat(maxPageFrameBytes + 1));
    await closed;
    expect(await page.client.call('app.hello', {})).toEqual(hello);
  });

  test('a frame of the largest size is read', async () => {
    const raw = await page.join();
    expect(await sendRaw(raw, 'x'.repeat(maxPageFrameBytes))).toBe('invalid');
  });

  test('an id in use is refused and the open call lives on', async () => {
    const raw = await page.join();
    const call = { type: 'call', id: 5, name: 'tunnels.open', args: tunnel };
    raw.send(JSON.stringify(call));
    expect(await sendRaw(raw, JSON.stringify(call))).toBe('conflict');
    expect(page.waiting.size).toBe(1);
  });

  test('a page with hundreds of open calls is refused more', async () => {
    const calls = Array.from({ length: 513 }, () =>
      page.client.call('tunnels.open', tunnel).catch((error: CloudError) => error.code),
    );
    expect(await calls[512]).toBe('rate-limited');
    expect(page.waiting.size).toBe(512);
  });

  test('10,000 random frames hurt nobody', async () => {
    const rejections: unknown[] = [];
    const record = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', record).on('uncaughtException', record);
    const raw = await page.join();
    let closed = false;
    raw.onClose(() => {
      closed = true;
    });
    const nextFrame = createFrameMaker(createRandom(20_261_120), askNames);
    for (let sent = 0; sent < 10_000; sent += 1) {
      raw.send(nextFrame());
      if (sent % 200 === 0) await nextTurn();
    }
    expect(await page.client.call('app.hello', {})).toEqual(hello);
    // Frames of one channel are read in order: this answer comes after all of the noise.
    const answer = new Promise<unknown>((resolve) =>
      raw.onFrame((frame) => {
        if (typeof frame === 'string' && JSON.parse(frame).id === 4_000_000) resolve(frame);
      }),
    );
    raw.send(JSON.stringify({ type: 'call', id: 4_000_000, name: 'app.hello', args: {} }));
    await answer;
    await nextTurn();
    process.off('unhandledRejection', record).off('uncaughtException', record);
    expect(rejections).toEqual([]);
    expect(closed).toBe(false);
  });
});
