/** A change asked of a cloud from a dialog: busy, failed, or done. */
import { useState } from 'react';
import { CloudError } from '../../../preload/contract/errors.ts';

export interface Change {
  readonly busy: boolean;
  readonly failure: CloudError | undefined;
  /** One at a time. @param onDone called once it worked */
  run(change: () => Promise<unknown>, onDone: () => void): void;
}

export function useChange(): Change {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const run = async (change: () => Promise<unknown>, onDone: () => void) => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await change();
      onDone();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run: (change, onDone) => void run(change, onDone) };
}
