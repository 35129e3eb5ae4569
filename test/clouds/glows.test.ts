/** Glows.ai's answers in our words: codes, states, addresses, prices. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { instanceSchema } from '../../main/clouds/glows/answers.ts';
import { readAnswer } from '../../main/clouds/glows/client.ts';
import { sshAddress, stateOf, toInstance } from '../../main/clouds/glows/instance.ts';

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
