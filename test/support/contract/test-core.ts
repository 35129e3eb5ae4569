/** A core with handlers of a test's own behind the real router; names without one refuse. */
import { createEvents, type Events } from '../../../main/core/events.ts';
import type { Log } from '../../../main/core/log.ts';
import { createRouter, type Handlers, type Router } from '../../../main/core/router.ts';
import { CloudError } from '../../../preload/contract/errors.ts';
import { contract } from '../../../preload/contract/index.ts';

export interface TestCore {
  readonly router: Router;
  readonly events: Events;
  readonly log: Log;
  /** What was logged as an error. */
  readonly errors: readonly string[];
}

/** `subject.name` of everything a page may ask. */
export const askNames: readonly string[] = Object.entries(contract).flatMap(([subject, entries]) =>
  Object.entries(entries)
    .filter(([, entry]) => entry.kind !== 'event')
    .map(([name]) => `${subject}.${name}`),
);

export function createTestCore(handlers: Partial<Handlers>): TestCore {
  const errors: string[] = [];
  const log: Log = {
    info() {},
    warn() {},
    error: (message, fields) => errors.push(`${message} ${JSON.stringify(fields)}`),
  };
  const refuse = () => {
    throw new CloudError('unsupported', 'this test has no handler for it');
  };
  const rest = Object.fromEntries(askNames.map((name) => [name, refuse]));
  const router = createRouter({ ...rest, ...handlers } as unknown as Handlers, log);
  return { router, events: createEvents(), log, errors };
}
