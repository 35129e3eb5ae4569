/** Starts an action that goes on as a job, and follows that job for as long as it is looked at. */
import { useState } from 'react';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Job } from '../../../preload/contract/jobs.ts';
import { useClient, useStores } from '../../client/context.ts';
import type { ActionStart } from '../action-flow.ts';

export interface StartJob {
  readonly busy: boolean;
  readonly failure: CloudError | undefined;
  /** Whether it was written down: from then on it goes on whatever happens to the page. */
  readonly started: boolean;
  /** Absent before it is started, and for a moment after. */
  readonly job: Job | undefined;
  start(input: unknown): void;
}

export function useStartJob({ account, description, instance }: ActionStart): StartJob {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const [id, setId] = useState<string>();
  const job = useStores().jobs(({ byKey }) => (id === undefined ? undefined : byKey.get(id)));

  const run = async (input: unknown) => {
    setBusy(true);
    setFailure(undefined);
    try {
      const outcome = await client.call('actions.run', {
        account: account.id,
        action: description.id,
        ...(instance && { instance: instance.key }),
        input,
      });
      if (outcome.kind === 'started') setId(outcome.job);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, started: id !== undefined, job, start: (input) => void run(input) };
}
