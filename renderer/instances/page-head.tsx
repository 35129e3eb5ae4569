/** Over the table: the states as tabs with counts, and what can be done with the list as a whole. */
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { useFormats } from '../ui/texts.ts';
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
  const formats = useFormats();
  const { useInstancesView } = useView();
  const chosen = useInstancesView((state) => state.tab);
  const showTab = useInstancesView((state) => state.showTab);
  const list = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab is what there is to see
  useEffect(() => {
    const tab = list.current?.querySelector('[aria-selected="true"]');
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(({ tab }) => tab === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    const target = tabs[next];
    if (!target) return;
    showTab(target.tab);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };

  return (
    <div
      ref={list}
      className={classes.tabs}
      role="tablist"
      aria-label={t('states')}
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ tab, count }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          className={classes.tab}
          aria-selected={tab === chosen}
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => showTab(tab)}
        >
          {t(tab === 'all' ? 'all' : `states:${tab}`)}{' '}
          <span className={classes.count}>{formats.count(count)}</span>
        </button>
      ))}
    </div>
  );
}
