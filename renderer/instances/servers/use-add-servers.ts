/** Writes servers down and shows the first of them. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CloudError } from '../../../preload/contract/errors.ts';
import { useView } from '../../shell/view-context.ts';
import type { ActionStart } from '../action-flow.ts';
import { useRunAction } from '../use-run-action.ts';
import { type ServerDraft, toServerForm } from './server-draft.ts';

/** @param onCreated is given the keys of the instances */
export function useAddServers(start: ActionStart, onCreated: (keys: readonly string[]) => void) {
  const { useInstancesView } = useView();
  const queries = useQueryClient();
  const runAction = useRunAction();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();

  const add = async (drafts: readonly ServerDraft[]) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { created } = await runAction(start, { servers: drafts.map(toServerForm) });
      void queries.invalidateQueries({ queryKey: ['ssh.configHosts'] });
      useInstancesView.getState().select(created[0]);
      onCreated(created);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
      setBusy(false);
    }
  };
  return { busy, failure, add: (drafts: readonly ServerDraft[]) => void add(drafts) };
}
