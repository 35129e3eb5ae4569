/** A job inside the dialog that started it: where it stands now, and how it ended. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../preload/contract/jobs.ts';
import { isLive, jobMood } from '../../jobs/job-states.ts';
import { useJobActions } from '../../jobs/use-job-actions.ts';
import { useJobWords } from '../../jobs/use-job-words.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import classes from './lifecycle.module.css';

export function JobProgress({ job }: { readonly job: Job | undefined }) {
  const { t } = useTranslation('lifecycle');
  if (!job) return <p className={classes.soft}>{t('progress.beginning')}</p>;
  return (
    <div className={classes.progress} role="status">
      {isLive(job) ? <Underway job={job} /> : <Ended job={job} />}
    </div>
  );
}

function Underway({ job }: { readonly job: Job }) {
  const { t } = useTranslation('lifecycle');
  const words = useJobWords();
  const { retry } = useJobActions();
  return (
    <>
      <p className={classes.step}>
        <StateDot mood={jobMood(job)} />
        <b className={classes.grow}>{words.step(job)}</b>
        <span className="figures">
          {t('jobs:stepOf', { number: job.stepNumber, count: job.stepCount })}
        </span>
      </p>
      <ProgressBar
        label={words.title(job)}
        share={job.progress}
        paused={job.state === 'needs-user'}
      />
      <p className={classes.soft}>
        <PlainText text={words.doing(job)} />
      </p>
      {job.failure && (
        <FailureNote
          failure={job.failure}
          onRetry={job.state === 'needs-user' ? () => retry(job) : undefined}
        />
      )}
      <p className={classes.soft}>{t('progress.background')}</p>
    </>
  );
}

function Ended({ job }: { readonly job: Job }) {
  const { t } = useTranslation('lifecycle');
  const words = useJobWords();
  return (
    <>
      <p className={classes.step}>
        <StateDot mood={jobMood(job)} />
        <b className={classes.grow}>{words.title(job)}</b>
        <span>{t(`jobs:states.${job.state}`)}</span>
      </p>
      {job.facts.length > 0 && <p className={classes.fact}>{words.facts(job)}</p>}
      {job.failure && <FailureNote failure={job.failure} />}
    </>
  );
}
