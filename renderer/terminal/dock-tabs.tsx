/** The tabs of the dock: arrows move, F2 renames, Delete closes. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { stepTab } from './dock-layout.ts';
import { DockTab } from './dock-tab.tsx';
import classes from './dock-tabs.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

export function DockTabs() {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const { tabs, selected } = useDock(({ layout }) => layout);
  const list = useRef<HTMLDivElement>(null);
  const closes = useRef(false);
  const focusSelected = () =>
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();

  useEffect(() => {
    // The tab that had the keyboard is gone: the next one gets it.
    if (!closes.current || document.activeElement !== document.body) return;
    closes.current = false;
    focusSelected();
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target instanceof HTMLInputElement) return;
    closes.current = event.key === 'Delete';
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (!step) return;
    pool.dock.setState(({ layout }) => ({ layout: stepTab(layout, step) }));
    requestAnimationFrame(focusSelected);
  };
  if (tabs.length === 0) return <h2 className={classes.empty}>{t('dock')}</h2>;
  return (
    <div
      ref={list}
      className={classes.tabs}
      role="tablist"
      aria-label={t('dock')}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <DockTab key={tab.id} tab={tab} selected={tab.id === selected} />
      ))}
    </div>
  );
}
