/** Orders an instance, and waits until the cloud has taken the order: until then nothing typed may be lost. */
import { useEffect, useState } from 'react';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { useClient, useStores } from '../client/context.ts';
import type { ActionStart } from '../instances/action-flow.ts';
import { useView } from '../shell/view-context.ts';
import type { Failed } from '../ui/failure-note.tsx';
import type { CreateInput } from './create-input.ts';

/** The cloud is asked in the first step; from the second on the instance exists. */
const isTaken = ({ state, stepNumber }: Job): boolean => state === 'done' || stepNumber > 1;

export function useCheckout({ account, description }: ActionStart, onTaken: () => void) {
  const client = useClient();
  const { useVaultGate } = useView();
  const [calling, setCalling] = useState(false);
  const [failure, setFailure] = useState<Failed>();
  const [jobId, setJobId] = useState<string>();
  const job = useStores().jobs(({ byKey }) => (jobId === undefined ? undefined : byKey.get(jobId)));

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what becomes of the job is news
  useEffect(() => {
    if (!job) return;
    if (isTaken(job)) {
      onTaken();
      return;
    }
    setFailure(job.failure);
    if (job.state === 'failed' || job.state === 'cancelled') setJobId(undefined);
  }, [job]);

  const order = async (input: CreateInput) => {
    setCalling(true);
    setFailure(undefined);
    try {
      const outcome = await useVaultGate
        .getState()
        .pass(() =>
          client.call('actions.run', { account: account.id, action: description.id, input }),
        );
      if (outcome.kind === 'started') setJobId(outcome.job);
      else onTaken();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
    }
    setCalling(false);
  };

  return {
    /** From the press until the cloud took the order or refused it. */
    busy: calling || jobId !== undefined,
    failure,
    order: (input: CreateInput) => void order(input),
  };
}
