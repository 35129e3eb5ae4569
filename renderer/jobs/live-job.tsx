/** The newest live job in one line, for the status bar. */
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { newestLive } from './job-states.ts';
import classes from './live-job.module.css';
import { useJobWords } from './use-job-words.ts';

export function LiveJob() {
  const job = useStores().jobs(({ items }) => newestLive(items));
  const go = useView().useNavigation((navigation) => navigation.go);
  const words = useJobWords();
  if (!job) return null;
  const text = `${words.title(job)}: ${words.doing(job)}`;
  return (
    <button type="button" className={classes.job} title={text} onClick={() => go('jobs')}>
      {text}
    </button>
  );
}
