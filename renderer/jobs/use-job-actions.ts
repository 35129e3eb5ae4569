/** Cancel, retry and dismiss a job; what went wrong is said in a short message. */
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Job } from '../../preload/contract/jobs.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { useJobWords } from './use-job-words.ts';

export interface JobActions {
  cancel(job: Job): void;
  retry(job: Job): void;
  dismiss(jobs: readonly Job[]): void;
}

export function useJobActions(): JobActions {
  const { t } = useTranslation('jobs');
  const client = useClient();
  const words = useJobWords();
  const { say } = useView().useToasts.getState();
  const run = async (title: string, work: Promise<unknown>) => {
    try {
      await work;
    } catch (failure) {
      if (!(failure instanceof CloudError)) throw failure;
      say({ kind: 'failed', title, failure });
    }
  };
  return {
    cancel: (job) =>
      void run(
        t('failures.cancel', { job: words.title(job) }),
        client.call('jobs.cancel', { id: job.id }),
      ),
    retry: (job) =>
      void run(
        t('failures.retry', { job: words.title(job) }),
        client.call('jobs.retry', { id: job.id }),
      ),
    dismiss(jobs) {
      for (const job of jobs) {
        void run(
          t('failures.dismiss', { job: words.title(job) }),
          client.call('jobs.dismiss', { id: job.id }),
        );
      }
    },
  };
}
