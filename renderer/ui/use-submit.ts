/** One order of a dialog at a time: busy while it is carried out, its failure kept until the next, called off when the dialog goes. */
import { useEffect, useRef, useState } from 'react';
import { CloudError } from '../../preload/contract/errors.ts';

export interface Submit {
  readonly busy: boolean;
  readonly failure: CloudError | undefined;
  /** @param onDone called once it worked */
  run(work: (signal: AbortSignal) => Promise<unknown>, onDone?: () => void): void;
  /** Calls off what is being carried out. */
  stop(): void;
}

export function useSubmit(): Submit {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const carryOut = async (
    work: (signal: AbortSignal) => Promise<unknown>,
    onDone: (() => void) | undefined,
  ) => {
    if (busy) return;
    const controller = new AbortController();
    running.current = controller;
    setBusy(true);
    setFailure(undefined);
    try {
      await work(controller.signal);
      onDone?.();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    failure,
    run: (work, onDone) => void carryOut(work, onDone),
    stop: () => running.current?.abort(),
  };
}
