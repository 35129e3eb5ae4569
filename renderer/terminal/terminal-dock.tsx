/** Terminals docked at the foot of the page: tabs, panes, search; folded away or empty it is one thin line. */
import { useComputedColorScheme } from '@mantine/core';
import { type CSSProperties, type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { BroadcastBanner } from './broadcast-banner.tsx';
import { BroadcastDialog } from './broadcast-dialog.tsx';
import { ClipboardDialog } from './clipboard-dialog.tsx';
import { runDockCommand } from './dock-commands.ts';
import { isSplit, selectedTab } from './dock-layout.ts';
import { DockPanes } from './dock-panes.tsx';
import { DockResizer } from './dock-resizer.tsx';
import { DockTabs } from './dock-tabs.tsx';
import { DockTools } from './dock-tools.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { NewTerminal } from './new-terminal.tsx';
import { dockCommand } from './pane-keys.ts';
import { PasteDialog } from './paste-dialog.tsx';
import { SessionsDialog } from './sessions-dialog.tsx';
import classes from './terminal-dock.module.css';
import type { TerminalPane } from './terminal-pane.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
import { themeOf } from './terminal-theme.ts';
import { usePane } from './use-pane.ts';

interface TerminalDockProps {
  /** The instance the operator looks at: offered first for a new terminal. */
  readonly selectedInstance?: string | undefined;
}

export function TerminalDock({ selectedInstance }: TerminalDockProps) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const tab = useDock(({ layout }) => selectedTab(layout));
  const collapsed = useDock((dock) => dock.collapsed);
  const heightPx = useDock((dock) => dock.heightPx);
  const { usePreferences } = useView();
  const theme = usePreferences((state) => state.preferences?.terminal.theme ?? 'match');
  const ground = themeOf(theme, useComputedColorScheme('dark'));
  const terminals = useStores().terminals;
  const newTerminal = useRef<HTMLButtonElement>(null);
  const unfolded = tab !== undefined && !collapsed;

  const onKeyDown = (event: KeyboardEvent) => {
    // A dialog of the dock is not in it on the page, though its events come by.
    if (event.target instanceof Node && !event.currentTarget.contains(event.target)) return;
    const selected = (tab && pool.existing(tab.active)?.selection()) || '';
    const command = dockCommand(event.nativeEvent, pool.keyboard, {
      selected: selected !== '',
      split: tab !== undefined && isSplit(tab),
      inField: event.target instanceof HTMLInputElement,
    });
    if (!command) return;
    // The browser's own paste makes the paste event that the pane takes.
    if (command !== 'paste') event.preventDefault();
    const find = (session: string) => terminals.getState().byKey.get(session);
    const askInstance = () => newTerminal.current?.click();
    runDockCommand(command, pool, find, usePreferences.getState(), askInstance);
  };

  return (
    <section
      className={classes.dock}
      aria-label={t('dock')}
      style={
        {
          '--terminal-ground': ground.background,
          '--terminal-text': ground.foreground,
          ...(unfolded && { height: heightPx }),
        } as CSSProperties
      }
      onKeyDown={onKeyDown}
    >
      {unfolded && <DockResizer />}
      <div className={classes.bar}>
        <DockTabs />
        <NewTerminal selectedInstance={selectedInstance} buttonRef={newTerminal} />
        <span className={classes.title}>
          {unfolded && <PaneTitle key={tab.active} session={tab.active} />}
        </span>
        <DockTools tab={tab} />
      </div>
      <BroadcastBanner />
      {unfolded && <DockPanes tab={tab} />}
      <PasteDialog />
      <ClipboardDialog />
      <BroadcastDialog />
      <SessionsDialog />
      <KeysDialog />
    </section>
  );
}

/** What the program in the pane calls itself, as plain text. */
function PaneTitle({ session }: { readonly session: string }) {
  const { t } = useTranslation('terminal');
  const pane = usePane(session);
  const terminal = useStores().terminals(({ byKey }) => byKey.get(session));
  return (
    <>
      {pane && <ShownTitle pane={pane} />}
      {terminal?.shellSession && (
        <span
          className={classes.shell}
          title={t('shellSession', { session: terminal.shellSession })}
        >
          {terminal.shell}
        </span>
      )}
    </>
  );
}

function ShownTitle({ pane }: { readonly pane: TerminalPane }) {
  return useStore(pane.status, ({ title }) => title);
}
