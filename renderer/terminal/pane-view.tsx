/** The place on the page where a pane is seen: the terminal itself, what it says about itself, and what to do when it ended. */
import { useEffect, useRef } from 'react';
import { useStores } from '../client/context.ts';
import { useAnyDialogOpen } from '../ui/dialog-stack.tsx';
import { BroadcastMark } from './broadcast-banner.tsx';
import { selectSession } from './dock-layout.ts';
import { PaneBar } from './pane-bar.tsx';
import { PaneEnded } from './pane-ended.tsx';
import { PaneMenu } from './pane-menu.tsx';
import { PaneNotes } from './pane-notes.tsx';
import classes from './pane-view.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
import { useAccountColour } from './use-account-colour.ts';
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
  const isAsked = useAnyDialogOpen();
  const takesPart = useDock((dock) => dock.broadcast.includes(session));
  const terminal = useStores().terminals(({ byKey }) => byKey.get(session));
  const colour = useAccountColour(terminal?.instance);

  useEffect(() => {
    if (!pane || !place.current) return;
    pane.show(place.current);
    pool.seen(session);
    return () => pane.hide();
  }, [pane, pool, session]);

  useEffect(() => {
    // A question has the keyboard first: what is typed must answer it, and not land in a shell behind it.
    if (!pane || !wanted || isAsked) return;
    pane.focus();
    pool.dock.setState({ wanted: undefined });
  }, [pane, wanted, isAsked, pool]);

  if (!terminal) return null;
  return (
    <section
      className={classes.view}
      data-active={(split && active) || undefined}
      data-broadcast={takesPart || undefined}
      data-account-colour={colour}
      aria-label={terminal.title}
      onFocus={() => {
        pool.dock.setState(({ layout, searching }) => ({
          layout: selectSession(layout, session),
          // It is of the pane that had the keyboard.
          searching: searching && active,
        }));
        pane?.reattach();
      }}
    >
      <PaneMenu terminal={terminal}>
        <div ref={place} className={classes.place} />
      </PaneMenu>
      {takesPart && <BroadcastMark session={session} />}
      <PaneEnded terminal={terminal} active={active} />
      <PaneNotes terminal={terminal} />
      {pane && <PaneBar pane={pane} />}
    </section>
  );
}
