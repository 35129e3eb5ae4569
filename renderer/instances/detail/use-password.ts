/** An instance's password: fetched when a person asks, shown for a short time, and nowhere kept. */
import { useEffect, useRef, useState } from 'react';
import { CloudError } from '../../../preload/contract/errors.ts';
import { useClient } from '../../client/context.ts';

/** Long enough to read or type it once. */
const shownForMs = 30_000;
const copiedSaidForMs = 1600;

export interface RevealedPassword {
  /** While it is shown. */
  readonly shown: string | undefined;
  readonly busy: 'reveal' | 'copy' | undefined;
  readonly copied: boolean;
  readonly failure: CloudError | undefined;
  reveal(): void;
  hide(): void;
  /** To the clipboard without being shown. */
  copy(): void;
}

export function usePassword(instanceKey: string): RevealedPassword {
  const client = useClient();
  const [shown, setShown] = useState<string>();
  const [busy, setBusy] = useState<'reveal' | 'copy'>();
  const [copied, setCopied] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  /** Leaving the tab also withdraws a question that is still open. */
  const left = useRef(new AbortController());

  useEffect(() => {
    const leaving = new AbortController();
    left.current = leaving;
    return () => leaving.abort();
  }, []);

  useEffect(() => {
    if (shown === undefined) return;
    const timer = setTimeout(() => setShown(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [shown]);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedSaidForMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const use = async (purpose: 'reveal' | 'copy', take: (password: string) => Promise<void>) => {
    const { signal } = left.current;
    setBusy(purpose);
    setFailure(undefined);
    try {
      const { password } = await client.call('instances.reveal', { key: instanceKey }, signal);
      if (!signal.aborted) await take(password);
    } catch (error) {
      if (signal.aborted) return;
      const failed =
        error instanceof CloudError ? error : new CloudError('forbidden', String(error));
      if (failed.code !== 'cancelled') setFailure(failed);
    } finally {
      setBusy(undefined);
    }
  };
  return {
    shown,
    busy,
    copied,
    failure,
    reveal: () => void use('reveal', async (password) => setShown(password)),
    hide: () => setShown(undefined),
    copy: () =>
      void use('copy', async (password) => {
        await navigator.clipboard.writeText(password);
        setCopied(true);
      }),
  };
}
