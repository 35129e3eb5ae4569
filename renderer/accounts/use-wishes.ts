/** What is preferred for an account, as it was just chosen: shown at once, and taken back where it could not be kept. */
import { useEffect, useRef, useState } from 'react';
import type { Account } from '../../preload/contract/accounts.ts';
import type { AccountColour } from '../../preload/contract/constants.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';

/** null: none. */
export interface Wishes {
  readonly defaultKey: string | null;
  readonly colour: AccountColour | null;
}

export function useWishes({ id, defaultKey, colour }: Account) {
  const client = useClient();
  const [chosen, setChosen] = useState<Partial<Wishes>>({});
  const [failure, setFailure] = useState<CloudError>();
  const underWay = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the core says anew counts, whatever was chosen here
  useEffect(() => {
    if (underWay.current === 0) setChosen({});
  }, [defaultKey, colour]);

  const wish = async (part: Partial<Wishes>) => {
    underWay.current += 1;
    setFailure(undefined);
    setChosen((former) => ({ ...former, ...part }));
    try {
      await client.call('accounts.prefer', { account: id, ...part });
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
      setChosen({});
    } finally {
      underWay.current -= 1;
    }
  };
  const known: Wishes = { defaultKey: defaultKey ?? null, colour: colour ?? null };
  return {
    wishes: { ...known, ...chosen },
    failure,
    wish: (part: Partial<Wishes>) => void wish(part),
  };
}
