/** What can be done with a snapshot: create from it, rename, delete, restore. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import { useClient, useStores } from '../client/context.ts';
import { useSnapshots } from '../client/queries.ts';
import { type CreateStart, createActionId } from '../create/create-start.ts';
import { useOffers } from '../instances/use-offers.ts';
import { useView } from '../shell/view-context.ts';
import { plainly } from '../ui/plain-text.tsx';
import { useTextRef } from '../ui/texts.ts';
import { snapshotKey } from './snapshot-rows.ts';

export type Question = 'rename' | 'remove' | 'remove-for-good';

export interface Asked {
  readonly question: Question;
  readonly snapshot: SavedSnapshot;
}

/** Creating an instance from a snapshot, or why not now. */
export interface Creator {
  readonly reason: string | undefined;
  start(): void;
}

export interface SnapshotActions {
  readonly asked: Asked | undefined;
  ask(question: Question, snapshot: SavedSnapshot): void;
  stopAsking(): void;
  isRestoring(snapshot: SavedSnapshot): boolean;
  restore(snapshot: SavedSnapshot): void;
  /** @returns undefined where the account cannot create */
  creatorOf(snapshot: SavedSnapshot): Creator | undefined;
}

const longestName = 80;

export function useSnapshotActions(): SnapshotActions {
  const { t } = useTranslation('snapshots');
  const client = useClient();
  const { refetch } = useSnapshots();
  const { useToasts, useActionFlow } = useView();
  const { say } = useToasts.getState();
  const word = useTextRef();
  const offers = useOffers();
  const accounts = useStores().accounts(({ byKey }) => byKey);
  const [asked, setAsked] = useState<Asked>();
  const [restoring, setRestoring] = useState<ReadonlySet<string>>(new Set());

  const restore = async (snapshot: SavedSnapshot) => {
    const { account, id } = snapshot;
    const key = snapshotKey(snapshot);
    const name = plainly(snapshot.name, longestName);
    setRestoring((others) => new Set([...others, key]));
    try {
      await client.call('snapshots.restore', { account, id });
      say({ kind: 'done', text: t('restored', { name }) });
    } catch (failure) {
      if (!(failure instanceof CloudError)) throw failure;
      say({ kind: 'failed', title: t('notRestored', { name }), failure });
    }
    await refetch();
    setRestoring((others) => new Set([...others].filter((other) => other !== key)));
  };

  return {
    asked,
    ask: (question, snapshot) => setAsked({ question, snapshot }),
    stopAsking: () => setAsked(undefined),
    isRestoring: (snapshot) => restoring.has(snapshotKey(snapshot)),
    restore: (snapshot) => void restore(snapshot),
    creatorOf({ account: accountId, id }) {
      const account = accounts.get(accountId);
      const offer =
        account &&
        offers.ofAccount(account).find(({ description }) => description.id === createActionId);
      if (!offer) return undefined;
      const { description, rule } = offer;
      const draft: CreateStart = { snapshotId: id };
      return {
        reason: rule && word('rules', rule),
        start: () => useActionFlow.getState().start({ account, description, draft }),
      };
    },
  };
}
