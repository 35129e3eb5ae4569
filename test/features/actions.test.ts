/** Running an action: the rule that drew its button guards the call in main too, and its input is checked by its own schema. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEvents } from '../../main/core/events.ts';
import type { StepContext } from '../../main/core/job-plan.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openSettings } from '../../main/core/settings.ts';
import { actionHandlers, planJob } from '../../main/features/actions.ts';
import { createFleet, type Fleet } from '../../main/features/fleet.ts';
import type { State } from '../../preload/contract/instances.ts';
import type { PromptAnswer } from '../../preload/contract/prompts.ts';
import { createConnectParts, type TestConnectParts } from '../support/connect-parts.ts';
import { type FakeMachine, fakeCloud } from '../support/fake-cloud.ts';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';
import { createTempDir } from '../support/temp-dir.ts';
import { createTestPlatform } from '../support/test-platform.ts';

const state = (kind: State['kind'], transient = false): State => ({
  kind,
  word: kind,
  transient,
  billed: 'full',
});
const machine = (id: string, of: State): FakeMachine => ({
  id,
  state: of,
  snapshots: 1,
  snapshotTimer: false,
  disks: [],
});

describe('an action of a cloud', () => {
  const temporary = createTempDir('actions');
  const done: string[] = [];
  let parts: TestConnectParts;
  const signal = new AbortController().signal;
  let run: (instance: string, action: string, input: unknown) => Promise<unknown>;

  beforeAll(async () => {
    const platform = createTestPlatform(temporary.path);
    const events = createEvents();
    parts = await createConnectParts();
    const { connectParts, vault } = parts;
    const machines = [
      machine('off', state('stopped')),
      machine('on', state('running')),
      machine('moving', state('stopping', true)),
    ];
    const fleet = createFleet({
      catalogue: [fakeCloud(machines, (action) => done.push(action))],
      builtInAccounts: [{ id: 'fake', cloud: 'fake', name: 'Fake' }],
      settings: openSettings(platform, createNotices(events, platform.clock)),
      vault,
      events,
      clock: platform.clock,
      log: connectParts.log,
      isWanted: () => true,
      hostKeysOf: () => ({
        forget: () => {},
        forgetOnTheWay: async () => {},
        verify: () => Promise.reject(new Error('unused')),
      }),
      sshConfig: { access: () => undefined, onChange: () => {} },
    });
    await fleet.refresh('fake');
    const handlers = actionHandlers({
      fleet,
      vault,
      vaultDoor: connectParts.vaultDoor,
      jobs: {
        isBusy: () => false,
        start: () => {
          throw new Error('no action here is a job');
        },
      },
    });
    run = async (instance, action, input) =>
      handlers['actions.run'](
        { account: 'fake', action, instance: `fake/${instance}`, input },
        signal,
      );
    expect(fleet.instances.get('fake/on')?.actions).toContainEqual({
      id: 'roll-back',
      rule: { id: 'machine-not-stopped', params: { state: 'running' } },
    });
  });
  afterAll(() => {
    parts.remove();
    temporary.remove();
  });

  it('what is allowed is done', async () => {
    expect(await run('off', 'roll-back', {})).toMatchObject({ kind: 'done' });
    expect(done).toEqual(['roll-back']);
  });

  it.each([
    ['on', 'roll-back', 'machine-not-stopped'],
    ['on', 'attach-disk', 'machine-has-snapshots'],
    ['moving', 'roll-back', 'state-transient'],
    ['moving', 'take-snapshot', 'state-transient'],
  ])(
    '%s: %s is refused by the rule that disabled its button, whatever a page says',
    async (instance, action, rule) => {
      const before = done.length;
      await expect(run(instance, action, { disk: 'x' })).rejects.toMatchObject({
        code: 'conflict',
        rule: { id: rule },
      });
      expect(done).toHaveLength(before);
    },
  );

  it.each([
    ['schedule-snapshots', { period: 'year', keep: 1 }, 'period'],
    ['schedule-snapshots', { period: 'day', keep: 0 }, 'keep'],
    ['schedule-snapshots', { period: 'day', keep: 1, more: 1 }, ''],
    ['take-snapshot', null, ''],
  ])('%s with %j is refused, naming the field', async (action, input, field) => {
    await expect(run('off', action, input)).rejects.toMatchObject({
      code: 'invalid',
      rule: { id: 'input-invalid', params: { field } },
    });
  });

  it('an action, an instance and an account that are not there are said to be so', async () => {
    await expect(run('off', 'explode', {})).rejects.toMatchObject({ code: 'unsupported' });
    await expect(run('off', 'constructor', {})).rejects.toMatchObject({ code: 'unsupported' });
    await expect(run('gone', 'roll-back', {})).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an action that saves a secret', () => {
  let live: LiveCore;
  let reply: () => PromptAnswer = () => ({ kind: 'cancel' });
  beforeAll(async () => {
    live = await startLiveCore({ answer: () => reply() });
  });
  afterAll(() => live.close());
  const add = (more: object) =>
    live.client.call('actions.run', {
      account: 'servers',
      action: 'add-servers',
      input: {
        servers: [
          {
            name: 'box',
            host: 'box',
            port: 22,
            user: 'root',
            tags: [],
            login: { kind: 'password' },
            price: null,
            ...more,
          },
        ],
      },
    });
  const count = async () => (await live.client.call('instances.list', {})).items.length;

  it('says that the vault is to be set up first, and changes nothing', async () => {
    expect(await add({ password: 'CANARY' })).toEqual({ kind: 'needs-vault' });
    expect(await count()).toBe(0);
    expect(await add({})).toMatchObject({ kind: 'done' });
    await expect.poll(count).toBe(1);
  });

  it('asks for the master password while the vault is locked, and is given up at cancel', async () => {
    await live.client.call('vault.setUp', { mode: 'master', password: 'CANARY-master' });
    await live.client.call('vault.lock', {});
    await expect(add({ password: 'CANARY' })).rejects.toMatchObject({ code: 'cancelled' });
    expect(await count()).toBe(1);
    const asked = live.prompts.length;
    reply = () => ({
      kind: 'secret',
      secret: live.prompts.length === asked + 1 ? 'wrong-one' : 'CANARY-master',
      remember: false,
    });
    expect(await add({ password: 'CANARY' })).toMatchObject({ kind: 'done' });
    expect(live.prompts.slice(asked).map(({ question }) => question)).toEqual([
      { kind: 'unlock-vault', rejectedBefore: false },
      { kind: 'unlock-vault', rejectedBefore: true },
    ]);
    expect(await live.client.call('vault.status', {})).toMatchObject({
      mode: 'master-open',
      savedSecrets: 1,
    });
  });
});

describe('a job that ends an instance', () => {
  const ran: string[] = [];
  const ends = (happened: boolean) => ({
    id: 'end-it',
    cancellable: false,
    endsInstance: true as const,
    run: async () => void ran.push('end-it'),
    reconcile: async () => ({ kind: happened ? 'done' : 'not-done', outcome: null }),
  });
  const start = (locked: boolean, happened = false) => {
    const action = {
      id: 'release',
      input: z.strictObject({}),
      job: () => ({ steps: [ends(happened)], end: () => ({ facts: [], created: [] }) }),
    };
    const fleet = {
      account: () => ({ accountActions: [], instanceActions: [action] }),
      instances: { get: () => ({ locked }) },
    } as unknown as Fleet;
    const request = { account: 'fake', action: 'release', instance: 'fake/on', targetName: 'on' };
    const [step] = planJob(fleet, { ...request, input: {} }).steps;
    return step?.run({} as StepContext);
  };

  it('leaves one alone that was locked after the job began', async () => {
    await expect(start(true)).rejects.toMatchObject({ rule: { id: 'locked-here' } });
    expect(ran).toEqual([]);
    await start(false);
    expect(ran).toEqual(['end-it']);
  });

  it('takes what has ended already for ended', async () => {
    expect(await start(true, true)).toBeNull();
  });
});
