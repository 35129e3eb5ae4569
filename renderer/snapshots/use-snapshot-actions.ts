/** What can be done with a snapshot: create from it, rename, delete, restore. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { SavedSnapshot } from '../../preload/contract/snapshots.ts';
import { useClient } from '../client/context.ts';
import { useSnapshots } from '../client/queries.ts';
import { type Creator, useCreator } from '../create/use-creator.ts';
import { useView } from '../shell/view-context.ts';
import { plainly } from '../ui/plain-text.tsx';
import { snapshotKey } from './snapshot-rows.ts';

export type Question = 'rename' | 'remove' | 'remove-for-good';

export interface Asked {
  readonly question: Question;
  readonly snapshot: SavedSnapshot;
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
  const { useToasts } = useView();
  const { say } = useToasts.getState();
  const creatorOf = useCreator();
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
    creatorOf: ({ account, id }) => creatorOf(account, { snapshotId: id }),
  };
}
