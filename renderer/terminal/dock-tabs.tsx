/** The tabs of the dock: a dot, a name, a cross; arrows move, Delete closes. */
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { CloseIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { type DockTab, selectSession, stepTab } from './dock-layout.ts';
import classes from './dock-tabs.module.css';
import { paneMood, waitsForInstance } from './pane-mood.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const longestName = 40;
const middleButton = 1;

export function DockTabs() {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const { tabs, selected } = useDock(({ layout }) => layout);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (!step) return;
    pool.dock.setState(({ layout }) => ({ layout: stepTab(layout, step) }));
    const list = event.currentTarget;
    requestAnimationFrame(() => {
      list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    });
  };
  if (tabs.length === 0) return <h2 className={classes.empty}>{t('dock')}</h2>;
  return (
    <div className={classes.tabs} role="tablist" aria-label={t('dock')} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <Tab key={tab.id} tab={tab} selected={tab.id === selected} />
      ))}
    </div>
  );
}

function Tab({ tab, selected }: { readonly tab: DockTab; readonly selected: boolean }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const terminals = useStores().terminals(({ byKey }) => byKey);
  const sessions = tab.panes.flatMap((session) => terminals.get(session) ?? []);
  const name = plainly(sessions.map(({ title }) => title).join(' + '), longestName);
  const session = terminals.get(tab.active) ?? { state: 'closed' };
  const state = waitsForInstance(session) ? 'waits' : session.state;
  const select = () =>
    pool.dock.setState(({ layout }) => ({
      layout: selectSession(layout, tab.active),
      collapsed: false,
      wanted: tab.active,
    }));
  const close = () => {
    for (const session of tab.panes) pool.close(session);
  };
  return (
    <div className={classes.tab} data-selected={selected || undefined} role="presentation">
      <button
        id={`terminal-tab-${tab.id}`}
        type="button"
        role="tab"
        className={classes.name}
        aria-selected={selected}
        aria-controls="terminal-panes"
        tabIndex={selected ? 0 : -1}
        onClick={select}
        onAuxClick={(event) => event.button === middleButton && close()}
        onKeyDown={(event) => event.key === 'Delete' && close()}
      >
        <StateDot mood={paneMood(session)} />
        <span className={classes.text}>{name}</span>
        <span className="hidden-text">{t(`states.${state}`)}</span>
      </button>
      <button
        type="button"
        className={classes.close}
        aria-label={t('close', { name })}
        tabIndex={-1}
        onClick={close}
      >
        <CloseIcon size={11} />
      </button>
    </div>
  );
}
