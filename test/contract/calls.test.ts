/** Calls and events, whatever joins a page to the core: answered, refused, cancelled, told to everybody. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Preferences } from '../../preload/contract/settings.ts';
import { hello, type JoinedPage, joinPage, tunnel } from '../support/contract/join-page.ts';
import { wirings } from '../support/contract/wirings.ts';
import { clientOn } from '../support/join-web-host.ts';

describe.each(wirings)('over $name', (wiring) => {
  let page: JoinedPage;
  beforeEach(async () => {
    page = await joinPage(wiring);
  });
  afterEach(() => page.stop());

  test('a call is answered', async () => {
    expect(await page.client.call('app.hello', {})).toEqual(hello);
  });

  test('many calls at once are each answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => page.client.call('app.hello', {})),
    );
    expect(answers.every((answer) => answer.version === '1.2.3')).toBe(true);
  });

  test('a failure arrives with its code, rule and details', async () => {
    const failure = await page.client.call('app.notices', {}).catch((error) => error);
    expect(failure).toBeInstanceOf(CloudError);
    expect(failure).toMatchObject({
      code: 'conflict',
      retryable: false,
      rule: { id: 'port-in-use', params: { port: 8888 } },
      details: { attempt: 3 },
    });
  });

  test('a bug arrives as internal with a request id and without its words', async () => {
    const failure: CloudError = await page.client.call('vault.status', {}).catch((error) => error);
    expect(failure.code).toBe('internal');
    expect(JSON.stringify(failure.toFailure())).not.toContain('hunter2');
    expect(page.core.errors.join()).toContain(String(failure.details?.requestId));
  });

  test('an event reaches every page', async () => {
    const second = clientOn(await page.join());
    await second.call('app.hello', {});
    const seen: Preferences[] = [];
    page.client.on('settings.changed', (payload) => seen.push(payload));
    second.on('settings.changed', (payload) => seen.push(payload));
    page.core.events.emit('settings.changed', { theme: 'dark' } as Preferences);
    await expect.poll(() => seen).toEqual([{ theme: 'dark' }, { theme: 'dark' }]);
  });

  test('an event that nobody listens to any more is not told', async () => {
    let seen = 0;
    const stop = page.client.on('app.noticesChanged', () => {
      seen += 1;
    });
    stop();
    page.core.events.emit('app.noticesChanged', []);
    await page.client.call('app.hello', {});
    expect(seen).toBe(0);
  });

  test('a cancelled call fails as cancelled, and its handler is told', async () => {
    const abort = new AbortController();
    const call = page.client.call('tunnels.open', tunnel, abort.signal);
    await expect.poll(() => page.waiting.size).toBe(1);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => page.waiting.size).toBe(0);
  });

  test('a call cancelled before it is made is never made', async () => {
    const call = page.client.call('tunnels.open', tunnel, AbortSignal.abort());
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await page.client.call('app.hello', {});
    expect(page.waiting.size).toBe(0);
  });
});
