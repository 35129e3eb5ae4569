/** Watching instances: it goes on while a page watches, says what fails, and ends with its page. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEvents } from '../../main/core/events.ts';
import { createMonitor, type MonitorParts } from '../../main/features/metrics/monitor.ts';
import type { CoreMessage } from '../../preload/contract/wire.ts';
import { type LiveCore, nextEvent, startLiveCore, trustHostKeys } from '../support/live-core.ts';
import { type Sshd, startSshd } from '../support/sshd.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestClock } from '../support/test-platform.ts';

describe('watching', () => {
  const events = createEvents();
  const told: string[] = [];
  events.subscribe((text) => {
    const message = JSON.parse(text) as CoreMessage;
    if (message.type === 'event') told.push(message.name);
  });
  let reads = 0;
  let failing = false;
  const read = async () => {
    reads += 1;
    if (failing) throw new Error('a bug');
    return { stepMs: 1000, samples: [{ at: new Date().toISOString(), cpu: 0.5, gpus: [] }] };
  };
  const instance = { account: { cloud: { parts: { metrics: { read } } } }, target: { id: 'x' } };
  const create = () =>
    createMonitor({
      connections: { isOpenToAll: () => false },
      fleet: {
        find: () => instance,
        instance: () => instance,
        setLoad: () => {},
      },
      samples: undefined,
      events,
      clock: createTestClock(),
      log: { info: () => {}, warn: () => {}, error: () => {} },
    } as unknown as MonitorParts);

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    reads = 0;
    failing = false;
    told.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  function watch(monitor: ReturnType<typeof create>) {
    const page = new AbortController();
    const watching = monitor.handlers['metrics.watch']({ instance: 'x' }, page.signal);
    const ended = Promise.resolve(watching).catch((error: { code: string }) => error.code);
    return { leave: () => page.abort(), ended };
  }

  it('goes on while any page watches, and ends with the last', async () => {
    const monitor = create();
    const one = watch(monitor);
    const two = watch(monitor);
    await vi.advanceTimersByTimeAsync(21_000);
    expect(reads).toBeGreaterThanOrEqual(4);
    expect(reads).toBeLessThanOrEqual(7);
    one.leave();
    expect(await one.ended).toBe('cancelled');
    const before = reads;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(reads).toBeGreaterThan(before);
    two.leave();
    await two.ended;
    const last = reads;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(last);
  });

  it('serves a page that comes in the moment the last one leaves', async () => {
    const monitor = create();
    const leaving = watch(monitor);
    await vi.advanceTimersByTimeAsync(6000);
    leaving.leave();
    const coming = watch(monitor);
    await leaving.ended;
    const before = reads;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(reads).toBeGreaterThan(before + 2);
    coming.leave();
    await coming.ended;
    const last = reads;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(last);
  });

  it('goes on after a failure, which is told', async () => {
    const monitor = create();
    const page = watch(monitor);
    failing = true;
    await vi.advanceTimersByTimeAsync(7000);
    expect(told).toContain('metrics.failed');
    failing = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told.at(-1)).toBe('metrics.sampled');
    page.leave();
    await page.ended;
  });

  it('ends with the core', async () => {
    const monitor = create();
    watch(monitor);
    await vi.advanceTimersByTimeAsync(6000);
    monitor.close();
    const last = reads;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reads).toBe(last);
  });
});

describe('a real server', () => {
  let sshd: Sshd;
  let live: LiveCore;
  const directory = createTempDir('metrics');

  beforeAll(async () => {
    sshd = await startSshd();
    live = await startLiveCore({
      dataDirectory: directory.path,
      answer: trustHostKeys,
    });
    await live.client.call('vault.setUp', { mode: 'memory' });
  });
  afterAll(async () => {
    await live.close();
    await sshd.stop();
    directory.remove();
  });

  it('is sampled while a page watches, its load stands in the list, and its history is kept', async () => {
    const instance = await live.addServer({
      port: sshd.port,
      user: sshd.user,
      login: { kind: 'stored-key' },
      privateKey: sshd.privateKey,
    });
    const page = new AbortController();
    const sampled = nextEvent(
      live.client,
      'metrics.sampled',
      ({ sample }) => sample.cpu !== undefined,
    );
    const watching = live.client.call('metrics.watch', { instance }, page.signal);
    const { sample } = await sampled;
    expect(sample.memoryTotal).toBeGreaterThan(1024 ** 2);
    const listed = async () =>
      (await live.client.call('instances.list', {})).items.find(({ key }) => key === instance)
        ?.load;
    await expect.poll(listed).toMatchObject({ at: sample.at, cpu: sample.cpu });
    const detail = await live.client.call('instances.detail', { key: instance });
    expect(detail.hardware.map(({ label }) => label)).toContain('memory');
    page.abort();
    await expect(watching).rejects.toMatchObject({ code: 'cancelled' });
    await live.close();
    live = await startLiveCore({ dataDirectory: directory.path });
    const history = await live.client.call('metrics.history', { instance, range: '15m' });
    expect(history.samples.map(({ at }) => at)).toContain(sample.at);
  });

  it('that cannot be reached fails aloud, and the history is empty, not an error', async () => {
    const instance = await live.addServer({ port: 1, user: 'ada' });
    const page = new AbortController();
    const failed = nextEvent(live.client, 'metrics.failed', (event) => event.instance === instance);
    const watching = live.client.call('metrics.watch', { instance }, page.signal).catch(() => {});
    expect(await failed).toMatchObject({ failure: { code: 'network' } });
    page.abort();
    await watching;
    const history = await live.client.call('metrics.history', { instance, range: '24h' });
    expect(history.samples).toEqual([]);
    await expect(
      live.client.call('metrics.watch', { instance: 'servers/gone' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
