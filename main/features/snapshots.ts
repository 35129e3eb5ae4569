/** Calls on snapshots over every account that has them; what could not be read is said beside what could. */
import { CloudError, type Failure, refusal } from '../../preload/contract/errors.ts';
import type { SnapshotList } from '../../preload/contract/snapshots.ts';
import type { CloudParts } from '../clouds/cloud.ts';
import type { Handlers } from '../core/router.ts';
import type { Fleet } from './fleet.ts';

export function snapshotHandlers(
  fleet: Fleet,
): Pick<
  Handlers,
  'snapshots.list' | 'snapshots.rename' | 'snapshots.remove' | 'snapshots.restore'
> {
  const part = (account: string): NonNullable<CloudParts['snapshots']> => {
    const { snapshots } = fleet.account(account).cloud.parts;
    if (!snapshots) throw refusal('unsupported', 'not-offered', { part: 'snapshots' });
    return snapshots;
  };
  return {
    'snapshots.list': async (_args, signal) => {
      const readings = [...fleet.connected()]
        .filter(({ cloud }) => cloud.parts.snapshots)
        .map(({ id, cloud }) => read(id, cloud.parts, signal));
      const lists = await Promise.all(readings);
      return {
        snapshots: lists.flatMap(({ snapshots }) => snapshots),
        storage: lists.flatMap(({ storage }) => storage),
        failures: lists.flatMap(({ failures }) => failures),
      };
    },
    'snapshots.rename': async ({ account, id, name }, signal) => {
      await part(account).rename(id, name, signal);
      return null;
    },
    'snapshots.remove': async ({ account, id, forGood }, signal) => {
      await part(account).remove(id, forGood, signal);
      return null;
    },
    'snapshots.restore': async ({ account, id }, signal) => {
      await part(account).restore(id, signal);
      return null;
    },
  };
}

async function read(
  account: string,
  parts: CloudParts,
  signal: AbortSignal,
): Promise<SnapshotList> {
  try {
    const [snapshots = [], storage] = await Promise.all([
      parts.snapshots?.list(signal),
      parts.storage?.read(signal),
    ]);
    return {
      snapshots: snapshots.map((snapshot) => ({ ...snapshot, account })),
      storage: storage ? [{ ...storage, account }] : [],
      failures: [],
    };
  } catch (error) {
    if (signal.aborted) throw error;
    return { snapshots: [], storage: [], failures: [{ account, failure: toFailure(error) }] };
  }
}

const toFailure = (error: unknown): Failure =>
  (error instanceof CloudError ? error : new CloudError('internal', String(error))).toFailure();
