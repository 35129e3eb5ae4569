/** What a machine says of itself, read as hostile text. */
import { describe, expect, it } from 'vitest';
import { parseProbe, probeScript, toSample } from '../../main/features/metrics/probe.ts';
import type { Sample } from '../../preload/contract/metrics.ts';
import { run } from '../support/child.ts';
import { createRandom } from '../support/contract/random-frames.ts';

const kib = 1024;
const mib = 1024 ** 2;

/** A GPU machine's answer, as Ubuntu 22.04 with two A100 gives it. */
const answer = {
  stat: 'cpu  1000 50 300 8000 200 0 50 0 0 0',
  memory: 'MemTotal:       263789960 kB\nMemAvailable:   200000000 kB',
  disk: '/dev/vda1      101583780 41583780  59983616      41% /',
  network: `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 5000000    1000    0    0    0     0          0         0  5000000    1000    0    0    0     0       0          0
  eth0: 1000000    2000    0    0    0     0          0         0   300000    1500    0    0    0     0       0          0
  eth1:500 1 0 0 0 0 0 0 700 1 0 0 0 0 0 0
docker0: 9999999   1    0    0    0     0          0         0  9999999    1    0    0    0     0       0          0
veth12: 9999999   1    0    0    0     0          0         0  9999999    1    0    0    0     0       0          0`,
  cpu: '32\nmodel name\t: AMD EPYC 7543 32-Core Processor',
  system: 'Linux 5.15.0-91-generic x86_64\nUbuntu 22.04.3 LTS',
  gpu: 'NVIDIA A100-SXM4-80GB, 97, 40536, 81920\nNVIDIA A100-SXM4-80GB, 3, 10, 81920',
};
const say = (changes: Partial<typeof answer> = {}) =>
  `${Object.entries({ ...answer, ...changes })
    .map(([name, text]) => `@@ ${name}\n${text}\n`)
    .join('')}@@ end\n`;

const parse = (text: string, atMs = 1000) => {
  const result = parseProbe(text, atMs);
  if (!result) throw new Error('nothing was read');
  return result;
};
const sampleOf = (text: string) => toSample(parse(text), undefined);

describe('a machine’s answer', () => {
  it('is read whole', () => {
    const result = parse(say());
    expect(result).toMatchObject({
      counters: {
        atMs: 1000,
        cpuTotal: 9600,
        cpuBusy: 1400,
        networkIn: 1_000_500,
        networkOut: 300_700,
      },
      memoryTotal: 263_789_960 * kib,
      memoryUsed: 63_789_960 * kib,
      diskTotal: 101_583_780 * kib,
      diskUsed: 41_583_780 * kib,
      gpus: [
        {
          name: 'NVIDIA A100-SXM4-80GB',
          load: 0.97,
          memoryUsed: 40_536 * mib,
          memoryTotal: 81_920 * mib,
        },
        { load: 0.03 },
      ],
    });
    expect(result.hardware).toEqual([
      { label: 'cpu-model', value: 'AMD EPYC 7543 32-Core Processor' },
      { label: 'cpu-count', value: '32' },
      { label: 'memory', value: '251.6 GiB' },
      { label: 'system-disk', value: '96.9 GiB' },
      { label: 'gpu', value: 'NVIDIA A100-SXM4-80GB, 80.0 GiB' },
      { label: 'gpu', value: 'NVIDIA A100-SXM4-80GB, 80.0 GiB' },
      { label: 'kernel', value: 'Linux 5.15.0-91-generic x86_64' },
      { label: 'operating-system', value: 'Ubuntu 22.04.3 LTS' },
    ]);
  });

  it('of this very machine is read', async () => {
    const result = parse(await run('sh', [], probeScript));
    expect(result.memoryTotal).toBeGreaterThan(mib);
    expect(result.diskTotal).toBeGreaterThan(mib);
    expect(result.counters.cpuTotal).toBeGreaterThan(0);
    expect(result.hardware.map(({ label }) => label)).toContain('kernel');
  });

  it.each<[string, Partial<typeof answer>, Partial<Sample>]>([
    ['without a GPU', { gpu: '' }, { gpus: [] }],
    ['without a network', { network: '' }, {}],
    [
      'with a device name of two words',
      { disk: '/dev/my disk 100 40 60 40% /' },
      { diskTotal: 100 * kib, diskUsed: 40 * kib },
    ],
    [
      'with Windows line ends',
      { memory: 'MemTotal: 100 kB\r\nMemAvailable: 40 kB\r' },
      { memoryTotal: 100 * kib, memoryUsed: 60 * kib },
    ],
    [
      'that has more memory free than it has',
      { memory: 'MemTotal: 40 kB\nMemAvailable: 100 kB' },
      { memoryTotal: 40 * kib, memoryUsed: 0 },
    ],
    [
      'with a GPU in an error',
      { gpu: 'NVIDIA H100, [N/A], [N/A], 81559' },
      { gpus: [{ name: 'NVIDIA H100', load: 0, memoryUsed: 0, memoryTotal: 81_559 * mib }] },
    ],
    ['with a GPU that tells nothing', { gpu: 'NVIDIA H100, [N/A], [N/A], [N/A]' }, { gpus: [] }],
    [
      'with an nvidia-smi that fails',
      { gpu: 'NVIDIA-SMI has failed because it couldn’t communicate with the driver.' },
      { gpus: [] },
    ],
    [
      'with a GPU at 250 %',
      { gpu: 'NVIDIA H100, 250, 1, 2' },
      { gpus: [{ name: 'NVIDIA H100', load: 1, memoryUsed: mib, memoryTotal: 2 * mib }] },
    ],
  ])('%s gives what there is', (_what, changes, expected) => {
    expect(sampleOf(say(changes))).toMatchObject(expected);
  });

  it.each<[string, Partial<typeof answer>, keyof Sample]>([
    ['memory', { memory: 'MemTotal: many kB' }, 'memoryTotal'],
    ['memory', { memory: 'MemTotal: -5 kB' }, 'memoryTotal'],
    ['memory', { memory: `MemTotal: ${'9'.repeat(400)} kB` }, 'memoryTotal'],
    ['used memory', { memory: 'MemTotal: 5 kB' }, 'memoryUsed'],
    ['a disk', { disk: 'df: /: Permission denied' }, 'diskTotal'],
    ['a disk', { disk: '/dev/x -1 1e9 0x10 5% /' }, 'diskUsed'],
  ])('leaves %s out when it makes no sense', (_what, changes, field) => {
    expect(sampleOf(say(changes))).not.toHaveProperty(field);
  });

  it.each([
    ['nothing', ''],
    ['a shell’s complaint', 'sh: 1: Syntax error: "(" unexpected'],
    ['a message of the day only', 'Welcome to Ubuntu!\n'],
    ['an answer that was cut off', say().slice(0, 400)],
    ['a machine without /proc', '@@ stat\n@@ memory\n@@ disk\n/dev/disk1 1 1 1 1% /\n@@ end\n'],
    [
      'binary noise',
      String.fromCharCode(...Array.from({ length: 4096 }, (_, index) => index % 256)),
    ],
  ])('that is %s is none', (_what, text) => {
    expect(parseProbe(text, 0)).toBeUndefined();
  });

  it('after a message of the day is read all the same', () => {
    expect(parse(`Welcome!\n@ everyone\n${say()}bye\n`).memoryTotal).toBe(263_789_960 * kib);
  });

  it('cannot flood the page: names are short, GPUs are few', () => {
    const long = 'x'.repeat(100_000);
    const { gpus, hardware } = parse(
      say({
        gpu: `${long}, 1, 1, 1\n${'G, 1, 1, 1\n'.repeat(1000)}`,
        system: `${long}\n${long}`,
        disk: '',
      }).replaceAll(long, 'x'.repeat(5000)),
    );
    expect(gpus.length).toBeLessThanOrEqual(64);
    expect(gpus[0]?.name.length).toBeLessThanOrEqual(100);
    for (const { value } of hardware) expect(value.length).toBeLessThanOrEqual(200);
  });

  it('never throws, and never gives a number that is none', () => {
    const random = createRandom(99);
    const whole = say();
    for (let round = 0; round < 2000; round += 1) {
      const at = Math.floor(random() * whole.length);
      const noise = String.fromCharCode(Math.floor(random() * 300)).repeat(
        Math.floor(random() * 4),
      );
      const text = whole.slice(0, at) + noise + whole.slice(at + Math.floor(random() * 20));
      const result = parseProbe(text, 2000);
      if (!result) continue;
      const { at: _at, gpus, ...numbers } = toSample(result, parse(whole).counters);
      for (const value of [...Object.values(numbers), ...gpus.map(({ load }) => load)]) {
        expect(Number.isFinite(value) && Number(value) >= 0, text).toBe(true);
      }
    }
  });
});

describe('two looks', () => {
  const counters = parse(say()).counters;
  const later = (changes: Partial<typeof answer>, atMs = 6000) =>
    toSample(parse(say(changes), atMs), counters);

  it('give rates by the time between them', () => {
    const sample = later({
      stat: 'cpu  1300 50 300 8600 300 0 50 0 0 0',
      network: '  eth0: 1005500 0 0 0 0 0 0 0 350700 0 0 0 0 0 0 0',
    });
    expect(sample).toMatchObject({ cpu: 0.3, networkIn: 1000, networkOut: 10_000 });
    expect(sample.at).toBe('1970-01-01T00:00:06.000Z');
  });

  it.each<[string, Partial<typeof answer>, number]>([
    [
      'after a reboot: counters began again',
      { stat: 'cpu 1 1 1 1 1 1 1 1', network: 'eth0: 1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0' },
      6000,
    ],
    ['when the clock went back', {}, 500],
    ['when the clock stood still', {}, 1000],
    ['when the second tells nothing', { stat: '', network: '' }, 6000],
  ])('give no rate %s', (_when, changes, atMs) => {
    const sample = later(changes, atMs);
    for (const field of ['cpu', 'networkIn', 'networkOut'])
      expect(sample).not.toHaveProperty(field);
    expect(sample).toHaveProperty('memoryUsed');
  });
});
