/** The product's own core on a simulated guest: terminal, tunnel, Jupyter, the look at its metrics. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseProbe, probeScript, toSample } from '../../main/features/metrics/probe.ts';
import { findScript, parseServers } from '../../main/features/tunnels/jupyter-servers.ts';
import { startTestGuest, type TestGuest } from '../support/guest.ts';
import { newKeyPair } from '../support/key-pair.ts';
import { type LiveCore, nextEvent, startLiveCore, trustHostKeys } from '../support/live-core.ts';

let guest: TestGuest;
let live: LiveCore;
let instance: string;

beforeAll(async () => {
  guest = await startTestGuest({
    workload: { command: 'python3 /workspace/train.py --epochs 40', load: 0.8 },
  });
  live = await startLiveCore({ answer: trustHostKeys });
  await live.client.call('vault.setUp', { mode: 'memory' });
  const key = newKeyPair();
  await guest.run('cat > .ssh/authorized_keys', key.public);
  instance = await live.addServer({
    name: 'guest',
    port: guest.guest.sshPort,
    user: 'root',
    login: { kind: 'stored-key' },
    privateKey: key.private,
  });
});

afterAll(async () => {
  await live.close();
  await guest.stop();
});

describe('the look at a guest', () => {
  it('finds memory, disk, network, GPU and hardware', async () => {
    const { output, errors } = await guest.run('sh', probeScript);
    expect(errors).toBe('');
    const result = parseProbe(output, 0);
    expect(result).toMatchObject({
      memoryTotal: 32_768 * 1024 ** 2,
      diskTotal: 200 * 1024 ** 3,
      gpus: [{ name: 'NVIDIA GeForce RTX 4090', memoryTotal: 24_564 * 1024 ** 2 }],
    });
    expect(result?.gpus[0]?.load).toBeGreaterThan(0.7);
    expect(result?.hardware).toEqual(
      expect.arrayContaining([
        { label: 'cpu-count', value: '8' },
        { label: 'kernel', value: 'Linux 6.8.0-sandbox x86_64' },
        { label: 'operating-system', value: 'PyTorch 2.4, CUDA 12.4 (Pilothouse sandbox)' },
      ]),
    );
  });

  it('makes a sample of two looks, in which the load is seen', async () => {
    const look = async () => parseProbe((await guest.run('sh', probeScript)).output, Date.now());
    const first = await look();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const second = await look();
    if (!first || !second) throw new Error('no answer');
    const sample = toSample(second, first.counters);
    expect(sample.cpu).toBeGreaterThan(0.1);
    expect(sample.cpu).toBeLessThan(0.5);
    expect(sample.networkIn).toBeGreaterThan(0);
  });
});

describe('the search for Jupyter', () => {
  it('finds the notebook service and its token', async () => {
    const { output } = await guest.run('sh', findScript);
    expect(parseServers(output)).toEqual([
      expect.objectContaining({ port: 8888, token: guest.token, basePath: '/', kind: 'server' }),
    ]);
  });

  it('opens it through a tunnel, signed in, with no token in any address', async () => {
    const outcome = await live.client.call('tunnels.openJupyter', { instance });
    if (outcome.kind !== 'ready') throw new Error(outcome.kind);
    expect(outcome.url).not.toContain(guest.token);
    const first = await fetch(outcome.url, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const cookie = first.headers.getSetCookie().map((text) => text.split(';')[0]);
    const landed = new URL(first.headers.get('location') ?? '', outcome.url);
    expect(landed.pathname).toBe('/lab');
    const page = await fetch(landed, { headers: { cookie: cookie.join('; ') } });
    expect(await page.text()).toMatch(/Simulated by the Pilothouse sandbox/);
  });
});

describe('a terminal of the product', () => {
  it('runs what is typed and says how it ended', async () => {
    const opened = nextEvent(live.client, 'terminals.changed', ({ changed }) =>
      changed.some(({ state }) => state === 'open' || state === 'failed'),
    );
    const terminal = await live.client.call('terminals.open', { instance, columns: 80, rows: 24 });
    await opened;
    const { stream, opened: attached } = live.client.stream('terminals.attach', {
      id: terminal.id,
      from: -1,
    });
    let text = '';
    stream.onBytes((chunk) => {
      text += Buffer.from(chunk).toString();
      stream.grant(chunk.length);
    });
    await attached;
    stream.grant(1_000_000);
    await expect.poll(() => text).toMatch(/# $|# .{0,20}$/);
    stream.send(new TextEncoder().encode('echo sum=$((40+2)); exit 5\r'));
    await expect.poll(() => text).toMatch(/sum=42/);
    await expect
      .poll(async () => (await live.client.call('terminals.list', {})).items[0])
      .toMatchObject({ state: 'closed', exit: { status: 5 } });
  });
});
