/** How many jobs live, in the bar above; nothing when there is none. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { isLive } from './job-states.ts';
import classes from './jobs-pill.module.css';

export function JobsPill() {
  const { t } = useTranslation('jobs');
  const live = useStores().jobs(({ items }) => items.filter(isLive).length);
  const waiting = useStores().jobs(
    ({ items }) => items.filter(({ state }) => state === 'needs-user').length,
  );
  const go = useView().useNavigation((navigation) => navigation.go);
  if (live === 0) return null;
  return (
    <button
      type="button"
      className={classes.pill}
      data-waits={waiting > 0 || undefined}
      onClick={() => go('jobs')}
    >
      {t('title')} <b className="figures">{waiting || live}</b>{' '}
      {waiting > 0 ? t('waitForYou') : t('pillRunning')}
    </button>
  );
}
