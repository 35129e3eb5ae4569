/** What a job works on or made, as a way there while it is in the list. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/jobs.ts';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './jobs-page.module.css';

export function JobTarget({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs');
  const { useInstancesView, useNavigation } = useView();
  const key = job.created[0] ?? job.instance;
  const instance = useStores().instances(({ byKey }) =>
    key === undefined ? undefined : byKey.get(key),
  );
  if (!instance) return <PlainText text={job.targetName} strong />;
  const show = () => {
    const view = useInstancesView.getState();
    view.clearFilter();
    view.showTab('all');
    view.select(instance.key);
    useNavigation.getState().go('instances');
  };
  return (
    <button type="button" className={classes.target} title={t('show')} onClick={show}>
      <PlainText text={instance.name} strong />
    </button>
  );
}
