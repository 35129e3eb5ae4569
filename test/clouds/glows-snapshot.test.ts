/** Snapshot and release at Glows.ai: nothing is released before a new snapshot was seen. */
import { expect, test, vi } from 'vitest';
import type { GlowsSnapshot } from '../../main/clouds/glows/answers.ts';
import type { GlowsClient } from '../../main/clouds/glows/client.ts';
import { snapshotPlan } from '../../main/clouds/glows/snapshot-plan.ts';
import type { StepContext } from '../../main/core/job-plan.ts';
import type { CloudError } from '../../preload/contract/errors.ts';

const id = 'ins-1';
const wish = { name: 'daily', release: true };

const snapshot = (snapID: string, status = 'Available'): GlowsSnapshot => ({
  snapID,
  status,
  name: wish.name,
  sizeMB: 1,
  createTime: undefined,
  sourceInstanceID: id,
  sourceName: 'trainer',
  expiresAt: undefined,
});

/** A cloud of one instance, whose words come one after the other; the last one stays. */
function cloud(words: readonly string[], lists?: readonly (readonly GlowsSnapshot[])[]) {
  const left = [...words];
  const snapshots = [...(lists ?? [])];
  const next = <Item>(items: Item[]) => (items.length > 1 ? items.shift() : items[0]);
  const client = {
    capabilities: async () => new Set(lists ? ['snapshots'] : []),
    getInstance: async () => ({ status: next(left) }),
    listSnapshots: async () => next(snapshots) ?? [],
    takeSnapshot: vi.fn(async () => {}),
    releaseInstance: vi.fn(async () => {}),
  };
  return { client, ready: async () => client as unknown as GlowsClient };
}

const context = (more: Partial<StepContext> = {}): StepContext => ({
  key: 'key',
  outcomes: {},
  noted: undefined,
  signal: new AbortController().signal,
  progress: () => {},
  ...more,
});

function steps(ready: () => Promise<GlowsClient>) {
  const [request, wait, release] = snapshotPlan(ready, id, wish).steps;
  if (!request || !wait || !release) throw new Error('three steps at least');
  return { request, wait, release };
}
const reconcile = async (ready: () => Promise<GlowsClient>, noted: unknown) =>
  (await steps(ready).request.reconcile?.(context({ noted })))?.kind;
const saved = (ready: () => Promise<GlowsClient>, before: unknown) =>
  steps(ready)
    .wait.run(context({ outcomes: { 'request-snapshot': before } }))
    .catch((error: CloudError) => error.rule?.id);

test('an earlier snapshot of the same name does not stand for this one', async () => {
  const { ready } = cloud(['Running'], [[snapshot('old')]]);
  expect(await steps(ready).request.note?.(context())).toEqual(['old']);
  expect(await reconcile(ready, ['old'])).toBe('not-done');
  expect(await saved(ready, ['old'])).toBe('glows-snapshot-not-saved');
});

test('a new one tells that the request got through, and that it is saved', async () => {
  const { ready } = cloud(['Running'], [[snapshot('old'), snapshot('new')]]);
  expect(await reconcile(ready, ['old'])).toBe('done');
  expect(await saved(ready, ['old'])).toBe('Running');
});

test('saving is waited for', async () => {
  const { ready } = cloud(['Running'], [[snapshot('new', 'Saving')], [snapshot('new')]]);
  expect(await saved(ready, [])).toBe('Running');
});

test('a snapshot that came to nothing ends the job before anything is released', async () => {
  const { ready } = cloud(['Suspending', 'Running'], [[]]);
  expect(await saved(ready, [])).toBe('glows-snapshot-not-saved');
});

test('where the API lists no snapshots, the instance has to be seen saving', async () => {
  vi.useFakeTimers();
  const { ready } = cloud(['Running', 'Suspending', 'Paused', 'Running']);
  expect(await steps(ready).request.note?.(context())).toBeNull();
  const seen = saved(ready, null);
  const never = saved(cloud(['Running']).ready, null);
  const strange = saved(cloud(['Crashed']).ready, null);
  await vi.advanceTimersByTimeAsync(120_000);
  vi.useRealTimers();
  expect([await seen, await never, await strange]).toEqual([
    'Running',
    'glows-snapshot-not-saved',
    'glows-snapshot-not-saved',
  ]);
});
