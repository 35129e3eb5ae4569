/** One instance beside the table: what it is, what can be done, and the tabs its cloud can fill. */
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DetailTab } from '../../../preload/contract/constants.ts';
import type { Instance, InstanceDetail } from '../../../preload/contract/instances.ts';
import { useInstanceDetail } from '../../client/queries.ts';
import { MonitorTab } from '../../metrics/monitor-tab.tsx';
import { useView } from '../../shell/view-context.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { AccessTab } from './access-tab.tsx';
import { BillingTab } from './billing-tab.tsx';
import { DetailHead } from './detail-head.tsx';
import classes from './detail-panel.module.css';
import { FactList } from './fact-list.tsx';
import { NetworkGroupTab } from './network-group-tab.tsx';

/** Before the core has said which tabs there are: the one that always is. */
const firstTabs: readonly DetailTab[] = ['access'];

export function DetailPanel({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const wanted = useInstancesView((state) => state.detailTab);
  const select = useInstancesView((state) => state.select);
  const { data: detail, error, refetch } = useInstanceDetail(instance);
  const tabs = detail?.tabs ?? firstTabs;
  const tab = tabs.includes(wanted) ? wanted : (tabs[0] ?? 'access');

  return (
    <section
      className={classes.panel}
      aria-label={t('detailOf', { name: instance.name.slice(0, 80) })}
      onKeyDown={(event) => {
        const isInside = event.currentTarget.contains(event.target as Node);
        if (event.key === 'Escape' && isInside && !event.defaultPrevented) select(undefined);
      }}
    >
      <DetailHead instance={instance} onClose={() => select(undefined)} />
      <DetailTabs tabs={tabs} current={tab} />
      <div
        id="detail-content"
        className={classes.content}
        role="tabpanel"
        aria-labelledby={`detail-tab-${tab}`}
      >
        {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
        <TabContent tab={tab} instance={instance} detail={detail} />
      </div>
    </section>
  );
}

function DetailTabs({
  tabs,
  current,
}: {
  readonly tabs: readonly DetailTab[];
  readonly current: DetailTab;
}) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const showDetailTab = useInstancesView((state) => state.showDetailTab);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (tabs.indexOf(current) + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab) showDetailTab(tab);
    const button = list.current?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <div
      ref={list}
      className={classes.tabs}
      role="tablist"
      aria-label={t('detailTabs')}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`detail-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === current}
          aria-controls="detail-content"
          tabIndex={tab === current ? 0 : -1}
          onClick={() => showDetailTab(tab)}
        >
          {t(`detail.${tab}`)}
        </button>
      ))}
    </div>
  );
}

interface TabContentProps {
  readonly tab: DetailTab;
  readonly instance: Instance;
  readonly detail: InstanceDetail | undefined;
}

function TabContent({ tab, instance, detail }: TabContentProps) {
  switch (tab) {
    case 'access':
      return <AccessTab instance={instance} detail={detail} />;
    case 'monitor':
      return <MonitorTab instance={instance} />;
    case 'billing':
      return <BillingTab instance={instance} />;
    case 'config':
      return <FactList facts={detail?.config ?? []} />;
    case 'hardware':
      return <FactList facts={detail?.hardware ?? []} />;
    case 'network-group':
      return <NetworkGroupTab instance={instance} />;
  }
}
