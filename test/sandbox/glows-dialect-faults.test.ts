/** Everything that may go wrong with an answer, on purpose and repeatably. */
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createFaultSource, parseFaults } from '../../main/sandbox/http/faults.ts';
import { type SandboxInProcess, startSandboxInProcess } from '../support/sandbox-in-process.ts';

let sandbox: SandboxInProcess | undefined;
afterEach(() => sandbox?.stop());

async function withFaults(faults: string): Promise<SandboxInProcess> {
  sandbox = await startSandboxInProcess({ faults });
  return sandbox;
}

const body = {
  from_image_id: 'img-cuda124',
  gpu_name: 'NVIDIA GeForce RTX 4090',
  region_name: 'TW-03',
  custom_meta_key: 'once',
};

describe('a specification', () => {
  test('sets what it names and nothing else', () => {
    expect(parseFaults('latency=200, rate429=0.05,path=/instance')).toEqual({
      ...parseFaults(''),
      ...{ latency: 200, rate429: 0.05, path: '/instance' },
    });
  });

  test.each(['rate429=2', 'latency=-1', 'lightning=1', 'reset', 'reset=often'])(
    '%s is refused',
    (spec) => {
      expect(() => parseFaults(spec)).toThrow(spec);
    },
  );

  test('gives the same course for the same seed, and about as often as it says', () => {
    const course = (seed: string) => {
      const source = createFaultSource(seed, parseFaults('rate429=0.2,reset=0.1'));
      return Array.from({ length: 2000 }, () => source.next('/x').fault ?? '-').join(' ');
    };
    expect(course('a')).toBe(course('a'));
    expect(course('a')).not.toBe(course('b'));
    expect(course('a').match(/rate429/g)?.length).toBeGreaterThan(320);
    expect(course('a').match(/rate429/g)?.length).toBeLessThan(480);
  });
});

describe('over HTTP', () => {
  test('429 comes in plain text, 5xx as itself', async () => {
    const { api } = await withFaults('rate429=1');
    const limited = await api.raw('GET', '/sdk/v1/instance/list');
    expect(limited.status).toBe(429);
    expect(limited.headers.get('content-type')).toContain('text/plain');
    await api.control('faults', { rate5xx: 1 });
    expect((await api.raw('GET', '/sdk/v1/instance/list')).status).toBe(503);
    await api.control('faults', {});
    expect((await api.raw('GET', '/sdk/v1/instance/list')).status).toBe(200);
  });

  test('a reset does nothing, a lost answer does it and says nothing', async () => {
    const { api } = await withFaults('reset=1,path=/instance');
    await expect(api.call('POST', '/instance', body)).rejects.toThrow();
    await api.control('faults', {});
    expect(await api.call('GET', '/instance?meta_key=once')).toMatchObject({ code: 10 });

    await api.control('faults', { lostAnswer: 1 });
    await expect(api.call('POST', '/instance', body)).rejects.toThrow();
    await api.control('faults', {});
    expect(await api.call('GET', '/instance?meta_key=once')).toMatchObject({ code: 0 });
    expect(await api.call('POST', '/instance', body)).toMatchObject({ code: 0 });
    const { instances } = await api.done<{ instances: { metaKey: string }[] }>(
      ...(['GET', '/instance/list?per_page=100'] as const),
    );
    expect(instances.filter(({ metaKey }) => metaKey === 'once')).toHaveLength(1);
  });

  test('a hang gives no answer', async () => {
    const { url, token } = await withFaults('hang=1');
    const signal = AbortSignal.timeout(300);
    const headers = { authorization: `Bearer ${token}` };
    await expect(fetch(`${url}/sdk/v1/capabilities`, { headers, signal })).rejects.toThrow(
      /timeout/,
    );
  });

  test('an endless answer does not end', async () => {
    const { url, token } = await withFaults('endless=1');
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/sdk/v1/capabilities`, {
      ...{ headers, signal: AbortSignal.timeout(5000) },
    });
    let bytes = 0;
    for await (const piece of response.body ?? []) {
      bytes += piece.length;
      if (bytes > 1_000_000) break;
    }
    expect(bytes).toBeGreaterThan(1_000_000);
  });

  test('a malformed answer is HTML, half of it, or of another shape', async () => {
    const { api } = await withFaults('malformed=1');
    const texts = await Promise.all(
      [
        '/capabilities',
        '/ext/images',
        '/ext/storage',
        '/ext/mesh',
        '/spec/list',
        '/ext/billing',
      ].map(async (path) => (await api.raw('GET', `/sdk/v1${path}`)).text()),
    );
    const isRight = (text: string) => {
      try {
        return JSON.parse(text).code === 0;
      } catch {
        return false;
      }
    };
    expect(texts.filter(isRight)).toEqual([]);
  });

  test('a doubled answer comes twice on the connection', async () => {
    const { url, token } = await withFaults('doubleAnswer=1');
    const text = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('data', (bytes) => {
        received += bytes;
      });
      socket.on('close', () => resolve(received));
      socket.write(
        `GET /sdk/v1/capabilities HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\n\r\n`,
      );
    });
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(text.match(/"capabilities":/g)).toHaveLength(2);
  });

  test('latency waits, and only where the path says so', async () => {
    const { api } = await withFaults('latency=2000,path=/instance/list');
    const answered: string[] = [];
    const startedAt = performance.now();
    await Promise.all(
      ['/instance/list', '/capabilities'].map(async (path) => {
        await api.call('GET', path);
        answered.push(path);
      }),
    );
    expect(answered).toEqual(['/capabilities', '/instance/list']);
    expect(performance.now() - startedAt).toBeGreaterThan(1990);
  });
});
