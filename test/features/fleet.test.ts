/** Reading the accounts: which reading counts, what a failure leaves, and when the next one comes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cloud, CloudInstance, CloudKind } from '../../main/clouds/cloud.ts';
import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { defaultPreferences, type Settings } from '../../main/core/settings.ts';
import { allAccounts } from '../../main/features/account-context.ts';
import { createFleet, type Fleet } from '../../main/features/fleet.ts';
import type { StateKind } from '../../preload/contract/constants.ts';
import { CloudError } from '../../preload/contract/errors.ts';

const account = { id: 'fake', cloud: 'fake', name: 'Fake' };

/** One reading under way, to be ended by the test. */
interface Reading {
  done(...states: readonly StateKind[]): Promise<void>;
  fail(): Promise<void>;
}

let readings: Reading[];
let readEveryMs: number;
let fleet: Fleet;

const listed = (kind: StateKind, index: number): CloudInstance => ({
  id: `box-${index}`,
  name: 'box',
  state: { kind, word: kind, transient: false, billed: 'full' },
  tags: [],
  cost: { estimate: true },
});
const settled = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

const listInstances: Cloud['listInstances'] = () => {
  let list: (found: readonly CloudInstance[]) => void = () => {};
  let refuse: (error: CloudError) => void = () => {};
  const reading = new Promise<readonly CloudInstance[]>((resolve, reject) => {
    list = resolve;
    refuse = reject;
  });
  readings.push({
    done(...states) {
      list(states.map(listed));
      return settled();
    },
    fail() {
      refuse(new CloudError('network', 'gone'));
      return settled();
    },
  });
  return reading;
};

const kind: CloudKind = {
  id: 'fake',
  create: () => ({
    accountActions: [],
    instanceActions: [],
    cloud: {
      check: async () => {},
      get readEveryMs() {
        return readEveryMs;
      },
      listInstances,
      parts: {},
    },
  }),
};

const document: ReturnType<Settings['read']> = {
  version: 1,
  preferences: defaultPreferences,
  accounts: [],
  tunnels: [],
  connectionOptions: {},
  accountPreferences: {},
  proxyConsents: {},
  includeFile: false,
  terminals: [],
  locks: [],
  sandbox: false,
};

beforeEach(() => {
  vi.useFakeTimers();
  readings = [];
  readEveryMs = 30_000;
  fleet = createFleet({
    catalogue: [kind],
    builtInAccounts: [account],
    isWanted: () => true,
    settings: { read: () => document, change: () => document },
    vault: undefined as never,
    events: createEvents(),
    clock: systemClock,
    log: { info() {}, warn() {}, error() {} },
    hostKeysOf: () => undefined as never,
    sshConfig: { access: () => undefined, onChange: () => {} },
  });
});
afterEach(() => {
  fleet.close();
  vi.useRealTimers();
});

const accounts = () => fleet.accounts.snapshot().items;

test('an account that was removed does not come back with the failure of a reading under way', async () => {
  fleet.start();
  fleet.remove('fake');
  await readings[0]?.fail();
  expect(accounts()).toEqual([]);
});

test('a reading that began earlier and fails later says nothing against a newer one', async () => {
  fleet.start();
  void fleet.refresh('fake');
  await readings[1]?.done('running');
  await readings[0]?.fail();
  expect(accounts()).toMatchObject([{ reading: 'ok' }]);
});

test('reading an account that is gone is no failure', async () => {
  fleet.remove('fake');
  await expect(fleet.refresh('fake')).resolves.toBeUndefined();
});

test('what comes into transition is followed at once, not at the next slow round', async () => {
  fleet.start();
  await readings[0]?.done('running');
  await vi.advanceTimersByTimeAsync(1000);
  readEveryMs = 3000;
  void fleet.refresh('fake');
  await readings[1]?.done('snapshotting');
  await vi.advanceTimersByTimeAsync(3000);
  expect(readings).toHaveLength(3);
  readEveryMs = 30_000;
  await readings[2]?.done('running');
  await vi.advanceTimersByTimeAsync(29_000);
  expect(readings).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(readings).toHaveLength(4);
});

test('a removed account is not read any more', async () => {
  fleet.start();
  await readings[0]?.done('running');
  fleet.remove('fake');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(readings).toHaveLength(1);
});

test('built-in accounts keep their places once one of them is saved', () => {
  const sandbox = { ...account, id: 'sandbox' };
  const saved = ['mine', 'sandbox'].map((id) => ({ ...account, id, config: {} }));
  const listed = (isWanted: boolean) =>
    allAccounts({
      builtInAccounts: [account, sandbox],
      isWanted: () => isWanted,
      settings: { read: () => ({ ...document, accounts: saved }), change: () => document },
    }).map(({ id }) => id);
  expect(listed(true)).toEqual(['fake', 'sandbox', 'mine']);
  expect(listed(false)).toEqual(['sandbox', 'mine']);
});
