/** Terminals docked at the foot of the page: tabs, one or two panes, search; folded away or empty it is one thin line. */
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { useView } from '../shell/view-context.ts';
import { runDockCommand } from './dock-commands.ts';
import { type DockTab, selectedTab } from './dock-layout.ts';
import { DockResizer } from './dock-resizer.tsx';
import { DockTabs } from './dock-tabs.tsx';
import { DockTools } from './dock-tools.tsx';
import { NewTerminal } from './new-terminal.tsx';
import { dockCommand, isMac } from './pane-keys.ts';
import { PaneView } from './pane-view.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { SearchBar } from './search-bar.tsx';
import classes from './terminal-dock.module.css';
import type { TerminalPane } from './terminal-pane.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
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
  const newTerminal = useRef<HTMLButtonElement>(null);
  const unfolded = tab !== undefined && !collapsed;

  const onKeyDown = (event: KeyboardEvent) => {
    const command = dockCommand(event.nativeEvent, isMac(navigator.platform));
    if (!command) return;
    // The browser's own paste makes the paste event that the pane takes.
    if (command !== 'paste') event.preventDefault();
    runDockCommand(command, pool, usePreferences.getState(), () => newTerminal.current?.click());
  };

  return (
    <section
      className={classes.dock}
      aria-label={t('dock')}
      style={unfolded ? { height: heightPx } : undefined}
      onKeyDown={onKeyDown}
    >
      {unfolded && <DockResizer />}
      <div className={classes.bar}>
        <DockTabs />
        <NewTerminal selectedInstance={selectedInstance} buttonRef={newTerminal} />
        <span className={classes.title}>{unfolded && <PaneTitle session={tab.active} />}</span>
        <DockTools tab={tab} />
      </div>
      {unfolded && <DockPanes tab={tab} />}
      <PasteDialog />
    </section>
  );
}

/** What the program in the pane calls itself, as plain text. */
function PaneTitle({ session }: { readonly session: string }) {
  const pane = usePane(session);
  return pane && <ShownTitle pane={pane} />;
}

function ShownTitle({ pane }: { readonly pane: TerminalPane }) {
  return useStore(pane.status, ({ title }) => title);
}

function DockPanes({ tab }: { readonly tab: DockTab }) {
  const { t } = useTranslation('terminal');
  const searching = useDock((dock) => dock.searching);
  const pane = usePane(tab.active);
  const [first, second] = tab.panes;
  return (
    <div
      id="terminal-panes"
      className={classes.panes}
      role="tabpanel"
      aria-labelledby={`terminal-tab-${tab.id}`}
    >
      {searching && pane && <SearchBar key={`search ${pane.id}`} pane={pane} />}
      {first && !second && <PaneView key={first} session={first} split={false} active />}
      {first && second && (
        <Group key={tab.id} orientation={tab.direction}>
          <Panel id={first} minSize="15%">
            <PaneView session={first} split active={tab.active === first} />
          </Panel>
          <Separator
            className={classes.separator ?? ''}
            data-direction={tab.direction}
            aria-label={t('split.separator')}
          />
          <Panel id={second} minSize="15%">
            <PaneView session={second} split active={tab.active === second} />
          </Panel>
        </Group>
      )}
    </div>
  );
}
