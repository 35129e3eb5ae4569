/** Glows.ai's answers in our words: codes, states, addresses, prices. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instanceSchema } from '../../main/clouds/glows/answers.ts';
import { createGlowsClient, readAnswer } from '../../main/clouds/glows/client.ts';
import { glows } from '../../main/clouds/glows/cloud.ts';
import { sshAddress, stateOf, toInstance } from '../../main/clouds/glows/instance.ts';
import type { Http, HttpRequest } from '../../main/clouds/http.ts';
import { CloudError, type ErrorCode } from '../../preload/contract/errors.ts';

const clock = { now: () => Date.UTC(2026, 10, 20, 12), monotonic: () => 0 };

const sample = (more: Readonly<Record<string, unknown>> = {}) =>
  instanceSchema.parse({ instanceID: 'ins-1', status: 'Running', ...more });

describe('an answer', () => {
  const shape = z.object({ value: z.number() });
  const fails = (json: unknown) => {
    try {
      readAnswer(shape, json);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('is taken only with code 0', () => {
    expect(readAnswer(shape, { code: 0, msg: '', value: 1 })).toEqual({ value: 1 });
  });

  it('with code 176 means not signed in, though its status is 200', () => {
    expect(fails({ code: 176, msg: 'x', instances: [] })).toMatchObject({
      code: 'unauthenticated',
    });
  });

  it.each([
    ['any other code', { code: 89, msg: 'no' }, 'glows-refused'],
    ['no code', { value: 1 }, 'cloud-answer-unreadable'],
    ['another shape', { code: 0, value: '1' }, 'cloud-answer-unreadable'],
    ['no object', '<html>', 'cloud-answer-unreadable'],
    ['nothing', undefined, 'cloud-answer-unreadable'],
  ])('with %s is a failure', (_what, json, rule) => {
    expect(fails(json)).toMatchObject({ rule: { id: rule } });
  });
});

describe('what a cloud says', () => {
  it('repeats no secret of ours, also where it is cut off', () => {
    const redact = (text: string) => text.replaceAll('CANARY-token', '[redacted]');
    const said = (msg: string) => {
      try {
        readAnswer(z.object({}), { code: 9, msg }, redact);
      } catch (error) {
        return JSON.stringify((error as CloudError).toFailure());
      }
      return '';
    };
    expect(said('bad token CANARY-token')).toContain('bad token [redacted]');
    expect(said(`${'x'.repeat(295)}CANARY-token`)).not.toContain('CANAR');
  });
});

describe('what an account is connected with', () => {
  const rulesOf = (input: object) =>
    glows.connection?.input.safeParse(input).error?.issues.map(({ message }) => message) ?? [];

  it.each([
    { baseUrl: 'https://a.glows.ai/sdk/v1' },
    { baseUrl: 'http://127.0.0.1:4000/sdk/v1' },
    { baseUrl: 'http://[::1]:4000', proxyUrl: 'http://proxy.example:3128' },
    {},
  ])('may be %j', (input) => expect(rulesOf(input)).toEqual([]));

  it.each([
    ['no address', { baseUrl: 'glows' }, 'rule:address-invalid'],
    ['a file', { baseUrl: 'file:///etc/passwd' }, 'rule:address-invalid'],
    ['a password', { baseUrl: 'https://ada:pw@x.example' }, 'rule:address-with-credentials'],
    ['a proxy’s password', { proxyUrl: 'http://a:b@p.example' }, 'rule:address-with-credentials'],
    ['a token in the clear', { baseUrl: 'http://a.glows.ai' }, 'rule:address-not-encrypted'],
    ['a name like ours', { baseUrl: 'http://127.0.0.1.x.org' }, 'rule:address-not-encrypted'],
  ])('is not %s', (_what, input, rule) => expect(rulesOf(input)).toEqual([rule]));
});

describe('extensions', () => {
  const ask = (request: () => Promise<unknown>) =>
    createGlowsClient({ redact: (text: string) => text, request } as unknown as Http)
      .capabilities(new AbortController().signal)
      .then(
        (found) => [...found],
        (error: CloudError) => error.code,
      );
  const answering = (json: unknown) => ask(async () => ({ status: 200, json }));
  const failing = (code: ErrorCode) => ask(() => Promise.reject(new CloudError(code, 'no')));

  it('are those that are announced', async () => {
    expect(await answering({ code: 0, capabilities: ['ports'] })).toEqual(['ports']);
  });

  it('are none where nobody knows the question, however that is said', async () => {
    expect(await answering({ code: 6, msg: 'no such path' })).toEqual([]);
    expect(await failing('not-found')).toEqual([]);
    expect(await failing('forbidden')).toEqual([]);
  });

  it('are not told by a failure', async () => {
    expect(await answering({ code: 176, msg: 'token' })).toBe('unauthenticated');
    expect(await failing('network')).toBe('network');
    expect(await failing('rate-limited')).toBe('rate-limited');
  });
});

describe('a list of instances', () => {
  const listed = async (answer: (page: number) => unknown) => {
    let asked = 0;
    const http = {
      redact: (text: string) => text,
      request: async ({ query }: HttpRequest) => {
        asked += 1;
        return { status: 200, json: answer(Number(query?.page)) };
      },
    };
    const client = createGlowsClient(http as unknown as Http);
    const found = await client.listInstances(new AbortController().signal);
    return [found.length, asked];
  };
  const page = (first: number) =>
    Array.from({ length: 50 }, (_, index) => ({
      instanceID: `ins-${first + index}`,
      status: 'Running',
    }));

  it('is read page by page', async () => {
    const answer = (number: number) => ({
      code: 0,
      instances: number < 3 ? page(number * 50) : [],
    });
    expect(await listed(answer)).toEqual([100, 3]);
  });

  it('that shows the same page for ever comes to an end', async () => {
    expect(await listed(() => ({ code: 0, instances: page(0) }))).toEqual([50, 2]);
  });

  it.each([1e300, -1, 'soon', null, 8.64e12 + 1])(
    'is not lost over a time that is none: %j',
    (seconds) => {
      expect(toInstance(sample({ createTime: { seconds } }), clock)).not.toHaveProperty('since');
    },
  );
});

describe('a state', () => {
  it.each([
    ['SchedQueued', 'creating', true, 'none'],
    ['Running', 'running', false, 'full'],
    ['Suspending', 'snapshotting', true, 'none'],
    ['Paused', 'snapshotting', true, 'none'],
    ['Releasing', 'releasing', true, 'none'],
    ['Released', 'released', false, 'none'],
    ['Hibernating?', 'unknown', false, 'unknown'],
    ['constructor', 'unknown', false, 'unknown'],
  ])('%s is %s', (word, kind, transient, billed) => {
    expect(stateOf(word)).toEqual({ word, kind, transient, billed });
  });
});

describe('the way in', () => {
  it.each([
    ['ssh://tw-02.access.example:15692', { host: 'tw-02.access.example', port: 15692 }],
    ['ssh://[::1]:22', { host: '::1', port: 22 }],
  ])('%s is read', (url, address) => {
    const accesses = [{ protocol: 'ssh', listenPort: 22, url }];
    expect(sshAddress(sample({ accesses }))).toEqual({ ...address, user: 'root' });
  });

  it.each([
    '',
    'ssh://host',
    'ssh://host:port',
    'http://host:22',
    'ssh://a b:22',
    'ssh://-oX:22:22',
  ])('%j is none', (url) => {
    const accesses = [{ protocol: 'ssh', listenPort: 22, url }];
    expect(sshAddress(sample({ accesses }))).toBeUndefined();
  });
});

describe('cost', () => {
  it('of a real account is price × time, marked as an estimate', () => {
    const createTime = { seconds: clock.now() / 1000 - 2 * 3600 };
    expect(toInstance(sample({ priceCent: 65, createTime }), clock).cost).toEqual({
      perHour: { currency: 'credits', minor: 650, decimals: 3 },
      accrued: { currency: 'credits', minor: 1300, decimals: 3 },
      estimate: true,
    });
  });

  it('that the cloud states is taken as it is', () => {
    const { cost } = toInstance(sample({ priceCent: 65, accruedMilli: 7 }), clock);
    expect(cost).toMatchObject({ accrued: { minor: 7 }, estimate: false });
  });

  it('has no hourly rate while it is not billed', () => {
    const { cost } = toInstance(sample({ status: 'Paused', priceCent: 65 }), clock);
    expect(cost.perHour).toBeUndefined();
  });
});

it('reads what is missing or wrong in an instance as absent, never as a failure', () => {
  const odd = sample({ hardware: 'none', accesses: {}, priceCent: 'x', createTime: [], remark: 7 });
  expect(toInstance(odd, clock)).toMatchObject({ id: 'ins-1', name: 'ins-1' });
});
