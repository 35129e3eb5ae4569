/** Opens a terminal on an instance and gives it the keyboard. */
import { type MouseEvent, useCallback } from 'react';
import { useTerminalPool } from './terminal-pool-context.tsx';

/** The press that asks for it is told, so that a double click opens one and not two. */
export function useOpenTerminal(): (instanceKey: string, press: MouseEvent) => void {
  const pool = useTerminalPool();
  return useCallback(
    (instanceKey, press) => {
      if (press.detail > 1) return;
      void pool.open(instanceKey);
    },
    [pool],
  );
}
