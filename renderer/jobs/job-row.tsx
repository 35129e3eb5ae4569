/** One job as a row: what it does to what, how far it is, and what may be done about it. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/jobs.ts';
import { useActionLabel } from '../instances/use-action-label.ts';
import { Button } from '../ui/button.tsx';
import { technicalDetail, useFailureText } from '../ui/failure-note.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { PlainText, plainly } from '../ui/plain-text.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import tableClasses from '../ui/table-page.module.css';
import { useFormats } from '../ui/texts.ts';
import { useNow } from '../ui/use-now.ts';
import { isAtWork, isLive, jobMood } from './job-states.ts';
import { JobTarget } from './job-target.tsx';
import classes from './jobs-page.module.css';
import type { JobActions } from './use-job-actions.ts';
import { useJobWords } from './use-job-words.ts';

const clockStepMs = 1000;
const longestDetail = 200;

interface JobRowProps {
  readonly job: Job;
  readonly actions: JobActions;
}

export function JobRow({ job, actions }: JobRowProps) {
  const { t } = useTranslation('jobs');
  const words = useJobWords();
  const actionLabel = useActionLabel();
  return (
    <tr>
      <td>{actionLabel(job.action)}</td>
      <td className={tableClasses.name}>
        <JobTarget job={job} />
      </td>
      <td>
        {isLive(job) && (
          <span className={classes.step}>
            <span className="figures">
              {t('stepOf', { number: job.stepNumber, count: job.stepCount })}
            </span>
            <PlainText text={words.step(job)} soft />
          </span>
        )}
      </td>
      <td>
        <span className={classes.state}>
          <StateDot mood={jobMood(job)} />
          <PlainText text={words.doing(job)} />
          {isLive(job) && (
            <ProgressBar
              label={words.title(job)}
              share={job.progress}
              paused={job.state === 'needs-user'}
            />
          )}
        </span>
      </td>
      <td>
        <Times job={job} />
      </td>
      <td className={classes.outcome}>
        <Outcome job={job} />
      </td>
      <td>
        <JobButtons job={job} actions={actions} title={words.title(job)} />
      </td>
    </tr>
  );
}

function Times({ job: { startedAt, endedAt } }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const formats = useFormats();
  const now = useNow(clockStepMs);
  const tookMs = (endedAt ? Date.parse(endedAt) : now) - Date.parse(startedAt);
  return (
    <span className={classes.times}>
      <time dateTime={startedAt}>{formats.dateTime(startedAt)}</time>
      {endedAt ? (
        <time dateTime={endedAt}>
          {t('endedAfter', { at: formats.time(endedAt), took: formats.duration(tookMs) })}
        </time>
      ) : (
        <span>{t('sinceFor', { took: formats.duration(tookMs) })}</span>
      )}
    </span>
  );
}

/** What came of it, or why it does not go on. */
function Outcome({ job }: { readonly job: Job }) {
  const words = useJobWords();
  const failureText = useFailureText();
  const { failure, facts } = job;
  if (failure) {
    const detail = technicalDetail(failure);
    return (
      <span className={classes.failure} data-passing={isAtWork(job) || undefined}>
        {failureText(failure)}
        {detail !== undefined && (
          <small>
            <code>{failure.code}</code> {plainly(detail, longestDetail)}
          </small>
        )}
      </span>
    );
  }
  return facts.length > 0 ? words.facts(job) : null;
}

interface JobButtonsProps extends JobRowProps {
  readonly title: string;
}

function JobButtons({ job, actions, title }: JobButtonsProps) {
  const { t } = useTranslation('jobs');
  const reason = job.cancellable || job.state === 'needs-user' ? undefined : t('notCancellable');
  return (
    <span className={tableClasses.actions}>
      {job.state === 'needs-user' && (
        <Button size="row" onClick={() => actions.retry(job)}>
          {t('common:retry')}
        </Button>
      )}
      {isLive(job) ? (
        <Button size="row" reason={reason} onClick={() => actions.cancel(job)}>
          {t('common:cancel')}
        </Button>
      ) : (
        <Button
          look="quiet"
          size="row"
          square
          aria-label={t('dismiss', { job: title })}
          onClick={() => actions.dismiss([job])}
        >
          <CloseIcon size={12} />
        </Button>
      )}
    </span>
  );
}
