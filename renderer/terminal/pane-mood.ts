/** A session's state as the colour of its dot. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { Mood } from '../ui/state-dot.tsx';

export function paneMood(state: Terminal['state']): Mood {
  switch (state) {
    case 'connecting':
      return 'busy';
    case 'open':
      return 'good';
    case 'closed':
      return 'idle';
    case 'failed':
      return 'bad';
    default:
      return assertNever(state);
  }
}
