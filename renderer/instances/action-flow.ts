/** Which action is being asked about, one at a time, and which are at work without a dialog. */
import { create } from 'zustand';
import type { Account } from '../../preload/contract/accounts.ts';
import type { ActionDescription } from '../../preload/contract/actions.ts';
import type { Instance } from '../../preload/contract/instances.ts';

/** What an action is started on. */
export interface ActionStart {
  readonly description: ActionDescription;
  readonly account: Account;
  readonly instance?: Instance;
  /** What a wizard may begin with, such as servers that were pasted already. */
  readonly draft?: unknown;
}

export interface ActionFlow {
  readonly current: ActionStart | undefined;
  /** Keys of `runningKey`. */
  readonly running: ReadonlySet<string>;
  start(action: ActionStart): void;
  close(): void;
  setRunning(action: ActionStart, running: boolean): void;
}

export const runningKey = ({ description, account, instance }: ActionStart): string =>
  `${account.id} ${instance?.key ?? ''} ${description.id}`;

export function createActionFlow() {
  return create<ActionFlow>()((set) => ({
    current: undefined,
    running: new Set(),
    start: (current) => set({ current }),
    close: () => set({ current: undefined }),
    setRunning: (action, isRunning) =>
      set(({ running }) => {
        const next = new Set(running);
        if (isRunning) next.add(runningKey(action));
        else next.delete(runningKey(action));
        return { running: next };
      }),
  }));
}
