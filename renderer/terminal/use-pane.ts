/** The pane of a session, once xterm is loaded and the pane is made. */
import { useEffect, useState } from 'react';
import type { TerminalPane } from './terminal-pane.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function usePane(session: string): TerminalPane | undefined {
  const pool = useTerminalPool();
  const [pane, setPane] = useState(() => pool.existing(session));
  useEffect(() => {
    let left = false;
    pool.pane(session).then(
      (made) => {
        if (!left) setPane(made);
      },
      // Gone before it could be drawn; its tab goes too.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [pool, session]);
  return pane?.id === session ? pane : undefined;
}
