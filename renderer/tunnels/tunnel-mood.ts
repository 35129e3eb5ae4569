/** A tunnel's state as the colour of its dot, and the one press that helps most in it. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Tunnel, TunnelState } from '../../preload/contract/tunnels.ts';
import type { Mood } from '../ui/state-dot.tsx';
import { leadsToJupyter, pageOf } from './known-ports.ts';

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

export type MainAction = 'start' | 'answer' | 'tryAgain' | 'tryNow' | 'openJupyter' | 'openPage';

/** The press that helps most: to get it up, and once it is, to what it is for. */
export function mainAction(tunnel: Tunnel): MainAction | undefined {
  switch (tunnel.state) {
    case 'stopped':
      return 'start';
    case 'needs-user':
      return 'answer';
    case 'failed':
      return 'tryAgain';
    case 'reconnecting':
      return 'tryNow';
    case 'connecting':
      return undefined;
    case 'up':
      if (leadsToJupyter(tunnel)) return 'openJupyter';
      return pageOf(tunnel) ? 'openPage' : undefined;
    default:
      return assertNever(tunnel.state);
  }
}
