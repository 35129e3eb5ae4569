/** When each account is read next: round after round, and sooner once something came into transition. */
import type { ConnectedAccount } from './connected-account.ts';

export interface Rounds {
  /** Reads the account after its own time. */
  plan(account: ConnectedAccount): void;
  /** Plans a waiting round anew when the account wants to be read more often by now. */
  hurry(account: ConnectedAccount): void;
  stop(account: string): void;
  close(): void;
}

export function createRounds(read: (account: ConnectedAccount) => void): Rounds {
  const waiting = new Map<string, { readonly everyMs: number; readonly timer: NodeJS.Timeout }>();
  const stop = (id: string) => {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
  };
  const plan = (account: ConnectedAccount) => {
    stop(account.id);
    const everyMs = account.cloud.readEveryMs;
    const begin = () => {
      waiting.delete(account.id);
      read(account);
    };
    waiting.set(account.id, { everyMs, timer: setTimeout(begin, everyMs).unref() });
  };
  return {
    plan,
    hurry(account) {
      const round = waiting.get(account.id);
      if (round && round.everyMs > account.cloud.readEveryMs) plan(account);
    },
    stop,
    close() {
      for (const id of [...waiting.keys()]) stop(id);
    },
  };
}
