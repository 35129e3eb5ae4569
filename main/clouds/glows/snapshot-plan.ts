/** Taking a snapshot, and releasing afterwards: only once a snapshot was seen that was not there before. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { JobPlan, JobStep } from '../../core/job-plan.ts';
import type { GlowsSnapshot } from './answers.ts';
import type { ReadyClient } from './client.ts';
import { stateOf } from './instance.ts';
import { waitUntil } from './wait.ts';

export interface SnapshotWish {
  readonly name: string;
  readonly release: boolean;
}

/** Ids of the instance's earlier snapshots; null where the API does not list them. */
type Before = readonly string[] | null;

/** Looks without a sign of saving, a second apart, before it counts as never begun. */
const mostIdleLooks = 60;

export function snapshotPlan(
  client: ReadyClient,
  id: string,
  { name, release }: SnapshotWish,
): JobPlan {
  /** @returns undefined where the API does not list them */
  const listOwn = async (signal: AbortSignal): Promise<readonly GlowsSnapshot[] | undefined> => {
    const ready = await client();
    if (!(await ready.capabilities(signal)).has('snapshots')) return undefined;
    const all = await ready.listSnapshots(signal);
    return all.filter(({ sourceInstanceID }) => sourceInstanceID === id);
  };
  /** A name may be used again, an id is not: an earlier snapshot must not stand for this one. */
  const listNew = async (before: Before, signal: AbortSignal) =>
    before && (await listOwn(signal))?.filter(({ snapID }) => !before.includes(snapID));

  const steps: JobStep[] = [
    {
      id: 'request-snapshot',
      cancellable: false,
      note: async ({ signal }) => (await listOwn(signal))?.map(({ snapID }) => snapID) ?? null,
      async run({ noted, signal }) {
        const ready = await client();
        const byCloud = release && (await ready.capabilities(signal)).has('auto-release');
        await ready.takeSnapshot(id, name, byCloud, signal);
        return noted;
      },
      async reconcile({ noted, signal }) {
        const instance = await (await client()).getInstance(id, signal);
        const hasBegun =
          instance?.status !== 'Running' || (await listNew(noted as Before, signal))?.length;
        return hasBegun ? { kind: 'done', outcome: noted } : { kind: 'not-done' };
      },
    },
    {
      id: 'wait-saved',
      cancellable: false,
      async run(context) {
        const before = context.outcomes['request-snapshot'] as Before;
        let sawSaving = false;
        let idleLooks = 0;
        return waitUntil(client, id, context, async (status) => {
          if (stateOf(status).kind === 'snapshotting') {
            sawSaving = true;
            return false;
          }
          const found = await listNew(before, context.signal);
          if (found?.some((snapshot) => snapshot.status === 'Saving')) return false;
          if (found ? found.length > 0 : sawSaving) return true;
          idleLooks += 1;
          if (!found && status === 'Running' && idleLooks < mostIdleLooks) return false;
          throw refusal('conflict', 'glows-snapshot-not-saved', { state: status });
        });
      },
    },
  ];
  if (release) steps.push(...releaseSteps(client, id));
  const fact = release ? 'glows-snapshot-saved-released' : 'glows-snapshot-saved';
  return { steps, end: () => ({ facts: [{ id: fact, params: { name } }], created: [] }) };
}

export function releasePlan(client: ReadyClient, id: string): JobPlan {
  return {
    steps: releaseSteps(client, id),
    end: () => ({ facts: [{ id: 'glows-released' }], created: [] }),
  };
}

/** Releasing what is already released, or is being released, is no error. */
function releaseSteps(client: ReadyClient, id: string): readonly JobStep[] {
  const isGone = async (signal: AbortSignal) => {
    const instance = await (await client()).getInstance(id, signal);
    return !instance || instance.status === 'Releasing' || instance.status === 'Released';
  };
  return [
    {
      id: 'request-release',
      cancellable: false,
      endsInstance: true,
      async run({ signal }) {
        if (await isGone(signal)) return null;
        await (await client()).releaseInstance(id, signal);
        return null;
      },
      reconcile: async ({ signal }) =>
        (await isGone(signal)) ? { kind: 'done', outcome: null } : { kind: 'not-done' },
    },
    {
      id: 'wait-released',
      cancellable: false,
      run: (context) => waitUntil(client, id, context, (status) => status === 'Released'),
    },
  ];
}
