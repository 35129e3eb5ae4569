/** Opens a terminal on an instance and gives it the keyboard. */
import { useCallback } from 'react';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function useOpenTerminal(): (instanceKey: string) => void {
  const pool = useTerminalPool();
  return useCallback((instanceKey) => void pool.open(instanceKey), [pool]);
}
