/** Opens a terminal on an instance and gives it the keyboard. */
import { type MouseEvent, useCallback, useRef } from 'react';
import { useTerminalPool } from './terminal-pool-context.tsx';

/** The press that asks for it is told: a double click opens one and not two, and so does Enter pressed twice. */
export function useOpenTerminal(): (instanceKey: string, press: MouseEvent) => void {
  const pool = useTerminalPool();
  const opening = useRef(new Set<string>());
  return useCallback(
    (instanceKey, press) => {
      if (press.detail > 1 || opening.current.has(instanceKey)) return;
      opening.current.add(instanceKey);
      void pool.open(instanceKey).finally(() => opening.current.delete(instanceKey));
    },
    [pool],
  );
}
