/** A tunnel's state as the colour of its dot, and what may be done in it. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { TunnelState } from '../../preload/contract/tunnels.ts';
import type { Mood } from '../ui/state-dot.tsx';

export function tunnelMood(state: TunnelState): Mood {
  switch (state) {
    case 'up':
      return 'good';
    case 'connecting':
    case 'reconnecting':
      return 'busy';
    case 'needs-user':
      return 'warn';
    case 'failed':
      return 'bad';
    case 'stopped':
      return 'idle';
    default:
      return assertNever(state);
  }
}

/** Whether the next press starts the tunnel; anything that still tries can be stopped. */
export const canStart = (state: TunnelState): boolean => state === 'stopped' || state === 'failed';
