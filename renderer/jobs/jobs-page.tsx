/** Every job: what is at work, how far it is, and how the others ended. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { JobsIcon } from '../ui/icons.tsx';
import { PlaceholderRows } from '../ui/placeholder-rows.tsx';
import classes from '../ui/table-page.module.css';
import { JobRow } from './job-row.tsx';
import { isLive, sortJobs } from './job-states.ts';
import { useJobActions } from './use-job-actions.ts';

const columns = ['action', 'target', 'step', 'state', 'started', 'outcome'] as const;

export function JobsPage() {
  const { t } = useTranslation('jobs');
  const { look, failure, items } = useStores().jobs();
  const actions = useJobActions();
  const live = items.filter(isLive).length;
  const ended = items.filter((job) => !isLive(job));
  return (
    <section className={classes.page} aria-label={t('title')}>
      <header className={classes.header}>
        <h1>{t('title')}</h1>
        {items.length > 0 && <p>{t('summary', { live, count: items.length })}</p>}
        {ended.length > 1 && (
          <div className={classes.tools}>
            <Button onClick={() => actions.dismiss(ended)}>{t('dismissEnded')}</Button>
          </div>
        )}
      </header>
      {look === 'stale' && (
        <p className={classes.stale} role="status">
          {t('stale')}
        </p>
      )}
      {look === 'failed' && failure && <FailureNote failure={failure} />}
      {look === 'fresh' && items.length === 0 && <NoJobs />}
      {(look === 'loading' || items.length > 0) && (
        <div className={classes.scroll}>
          <table className={classes.table} aria-busy={look === 'loading'} aria-label={t('title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`columns.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="hidden-text">{t('columns.buttons')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sortJobs(items).map((job) => (
                <JobRow key={job.id} job={job} actions={actions} />
              ))}
              {look === 'loading' && <PlaceholderRows columns={columns.length + 1} />}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function NoJobs() {
  const { t } = useTranslation('jobs');
  return (
    <div className={classes.empty}>
      <JobsIcon size={34} />
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
    </div>
  );
}
