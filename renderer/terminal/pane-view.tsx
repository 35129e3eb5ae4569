/** The place on the page where a pane is seen: the terminal itself, what it says about itself, and what to do when it ended. */
import { useEffect, useRef } from 'react';
import { useStores } from '../client/context.ts';
import { selectSession } from './dock-layout.ts';
import { PaneBar } from './pane-bar.tsx';
import { PaneEnded } from './pane-ended.tsx';
import { PaneMenu } from './pane-menu.tsx';
import classes from './pane-view.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
import { usePane } from './use-pane.ts';

interface PaneViewProps {
  readonly session: string;
  /** One of two: the one that has the keyboard is marked. */
  readonly split: boolean;
  readonly active: boolean;
}

export function PaneView({ session, split, active }: PaneViewProps) {
  const pool = useTerminalPool();
  const pane = usePane(session);
  const place = useRef<HTMLDivElement>(null);
  const wanted = useDock((dock) => dock.wanted === session);
  const terminal = useStores().terminals(({ byKey }) => byKey.get(session));

  useEffect(() => {
    if (!pane || !place.current) return;
    pane.show(place.current);
    return () => pane.hide();
  }, [pane]);

  useEffect(() => {
    if (!pane || !wanted) return;
    pane.focus();
    pool.dock.setState({ wanted: undefined });
  }, [pane, wanted, pool]);

  if (!terminal) return null;
  return (
    <section
      className={classes.view}
      data-active={(split && active) || undefined}
      aria-label={terminal.title}
      onFocus={() =>
        pool.dock.setState(({ layout }) => ({ layout: selectSession(layout, session) }))
      }
    >
      <PaneMenu session={session}>
        <div ref={place} className={classes.place} />
      </PaneMenu>
      <PaneEnded terminal={terminal} active={active} />
      {pane && <PaneBar pane={pane} />}
    </section>
  );
}
