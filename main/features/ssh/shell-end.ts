/** Whether a shell that is not there any more went with its machine, or ended by itself and stays ended. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Terminal } from '../../../preload/contract/terminals.ts';
import { isPassing } from './lease.ts';

/** A machine that goes down ends its shells first and its connections soon after. */
export const partingMs = 15_000;
/** How soon after that its cloud tells why; sooner where the connection still stands, for a person may have left. */
const reasonWithinMs = { connectionLost: 120_000, connectionUp: 3000 } as const;

/** @param connection whether the connection went soon after the shell */
export function livesOrWentDown(
  { state, exit, failure }: Pick<Terminal, 'state' | 'exit' | 'failure'>,
  endedMsAgo: number,
  connection: keyof typeof reasonWithinMs,
): boolean {
  if (state === 'failed') return failure !== undefined && isPassing(CloudError.from(failure));
  if (state !== 'closed' || exit?.status === undefined) return true;
  return exit.status !== 0 && endedMsAgo < reasonWithinMs[connection];
}
