/** A session's state as the colour of its dot, and whether asking for it again is of any use. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import type { Mood } from '../ui/state-dot.tsx';

type PaneState = Pick<Terminal, 'state' | 'failure'>;

/** The instance is away for a time: the session comes back by itself. */
export const waitsForInstance = ({ failure }: PaneState): boolean =>
  failure?.rule?.id === 'waits-for-snapshot' || failure?.rule?.id === 'waits-for-release';

/** There is nothing to come back to. */
const overRules = ['instance-released', 'instance-gone', 'account-gone'];

/** Ended, and neither coming back by itself nor gone with its instance. */
export const canReconnect = (session: PaneState): boolean =>
  (session.state === 'closed' || session.state === 'failed') &&
  !waitsForInstance(session) &&
  !overRules.includes(session.failure?.rule?.id ?? '');

export function paneMood(session: PaneState): Mood {
  switch (session.state) {
    case 'connecting':
      return 'busy';
    case 'open':
      return 'good';
    case 'closed':
      return 'idle';
    case 'failed':
      return waitsForInstance(session) ? 'busy' : 'bad';
    default:
      return assertNever(session.state);
  }
}
