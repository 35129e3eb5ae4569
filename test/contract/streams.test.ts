/** Byte streams, whatever joins a page to the core: never more than was granted, nothing lost, ended from either side. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CloudError } from '../../preload/contract/errors.ts';
import { encodeStreamFrame } from '../../preload/contract/wire.ts';
import { hello, type JoinedPage, joinPage, tunnel } from '../support/contract/join-page.ts';
import { wirings } from '../support/contract/wirings.ts';
import { clientOn } from '../support/join-web-host.ts';

describe.each(wirings)('over $name', (wiring) => {
  let page: JoinedPage;
  beforeEach(async () => {
    page = await joinPage(wiring);
  });
  afterEach(() => page.stop());

  test('a stream sends no more than was granted, and loses nothing', async () => {
    const { page: reader, core: writer } = await page.attach();
    const total = 5 * 1024 * 1024 + 17;
    const grant = 100_000;
    const source = Uint8Array.from({ length: total }, (_, index) => (index * 31) % 251);
    let sent = 0;
    const pump = () => {
      sent += writer.send(source.subarray(sent));
    };
    writer.onCredit(pump);
    pump();
    await sleep(20);
    expect(sent).toBe(0);

    let granted = 0;
    const received: Uint8Array[] = [];
    let count = 0;
    const done = new Promise<void>((resolve) => {
      reader.onBytes((bytes) => {
        received.push(bytes.slice());
        count += bytes.length;
        expect(sent).toBeLessThanOrEqual(granted);
        if (count === total) resolve();
        else if (count === granted) allow();
      });
    });
    const allow = () => {
      granted += grant;
      reader.grant(grant);
    };
    allow();
    await done;
    expect(Buffer.concat(received).equals(Buffer.from(source))).toBe(true);
  });

  test('a stream goes both ways', async () => {
    const { page: reader, core: writer } = await page.attach();
    const typed: number[] = [];
    writer.onBytes((bytes) => typed.push(...bytes));
    writer.grant(4);
    await expect.poll(() => reader.credit).toBe(4);
    expect(reader.send(Uint8Array.of(1, 2, 3, 4, 5, 6))).toBe(4);
    await expect.poll(() => typed).toEqual([1, 2, 3, 4]);
  });

  test('bytes beyond what was granted end the stream and nothing else', async () => {
    const { page: reader } = await page.attach();
    const ended = new Promise((resolve) => reader.onClose(resolve));
    page.channel.send(encodeStreamFrame({ id: 1, credit: 0, bytes: new Uint8Array(10) }));
    expect(await ended).toMatchObject({ code: 'invalid' });
    expect(await page.client.call('app.hello', {})).toEqual(hello);
  });

  test('a stream that the core ends is closed at the page, with the reason', async () => {
    const { page: reader, core: writer } = await page.attach();
    const ended = new Promise((resolve) => reader.onClose(resolve));
    writer.end(new CloudError('network', 'gone').toFailure());
    expect(await ended).toMatchObject({ code: 'network', retryable: true });
  });

  test('a stream that the page ends is closed at the core', async () => {
    const { page: reader, core: writer } = await page.attach();
    const ended = new Promise<void>((resolve) => writer.onClose(() => resolve()));
    reader.end();
    await ended;
  });

  test('a page that leaves cancels its calls and closes its streams, and no others', async () => {
    const channel = await page.join();
    const leaving = clientOn(channel);
    const call = leaving.call('tunnels.open', tunnel).catch((error) => error);
    const { core: writer } = await page.attach(leaving);
    const streamClosed = new Promise<void>((resolve) => writer.onClose(() => resolve()));
    await expect.poll(() => page.waiting.size).toBe(1);
    channel.close('leaves');
    await streamClosed;
    await expect.poll(() => page.waiting.size).toBe(0);
    expect(await call).toMatchObject({ code: 'network' });
    expect(leaving.connection.state).toBe('lost');
    expect(await page.client.call('app.hello', {})).toEqual(hello);
  });
});
