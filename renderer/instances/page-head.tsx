/** Over the table: the states as tabs with counts, and what can be done with the list as a whole. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { TabList } from '../ui/tab-list.tsx';
import { AccountActions } from './account-actions.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import classes from './page-head.module.css';
import type { TabCount } from './state-tabs.ts';

export const PageHead = memo(function PageHead({ tabs }: { readonly tabs: readonly TabCount[] }) {
  return (
    <div className={classes.head}>
      <StateTabs tabs={tabs} />
      <div className={classes.tools}>
        <ColumnsMenu />
        <AccountActions />
      </div>
    </div>
  );
});

function StateTabs({ tabs }: { readonly tabs: readonly TabCount[] }) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const chosen = useInstancesView((state) => state.tab);
  const showTab = useInstancesView((state) => state.showTab);
  const worded = tabs.map(({ tab, count }) => ({
    id: tab,
    label: t(tab === 'all' ? 'all' : `states:${tab}`),
    count,
  }));
  return (
    <TabList label={t('states')} tabs={worded} chosen={chosen} onChoose={showTab} look="bar" />
  );
}
