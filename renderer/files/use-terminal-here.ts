/** Opens a terminal that stands in a directory: a shell of its own, and the one line a person would type. */
import { useCallback } from 'react';
import { useStores } from '../client/context.ts';
import { useTerminalPool } from '../terminal/terminal-pool-context.tsx';
import { changeDirectoryLine } from './remote-path.ts';

export function useTerminalHere(): (instance: string, path: string) => void {
  const pool = useTerminalPool();
  const { terminals } = useStores();
  return useCallback(
    (instance, path) => {
      const open = async () => {
        const before = terminals.getState().byKey;
        await pool.open(instance);
        const session = pool.dock.getState().wanted;
        const line = changeDirectoryLine(path);
        // Where none was opened, what is shown is somebody's running program.
        if (session === undefined || before.has(session) || line === undefined) return;
        (await pool.pane(session)).send(`${line}\r`);
      };
      // A session that is gone by then is said to be by the dock.
      open().catch(() => {});
    },
    [pool, terminals],
  );
}
