/** Tells of jobs that end, wherever the operator is just now. */
import { useEffect, useRef } from 'react';
import type { Job } from '../../preload/contract/jobs.ts';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { newsOf } from './job-states.ts';
import { useJobWords } from './use-job-words.ts';

export function JobNews() {
  const { look, items, byKey } = useStores().jobs();
  const { say } = useView().useToasts.getState();
  const words = useJobWords();
  /** What had been told when this page last looked; nothing before the first reading. */
  const known = useRef<ReadonlyMap<string, Job>>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are new at every render; only jobs are news
  useEffect(() => {
    if (look !== 'fresh') return;
    const news = known.current ? newsOf(known.current, items) : [];
    known.current = byKey;
    for (const job of news) {
      const { failure } = job;
      if (failure && job.state !== 'cancelled') {
        say({ kind: 'failed', title: words.ending(job), failure });
      } else say({ kind: 'done', text: words.ending(job) });
    }
  }, [look, items, byKey]);
  return null;
}
