/** Pause, resume, cancel, dismiss and decide, with what went wrong said in a short message. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Transfer } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';

export interface TransferActions {
  pause(transfer: Transfer): void;
  resume(transfer: Transfer): void;
  cancel(transfer: Transfer): void;
  dismiss(transfers: readonly Transfer[]): void;
  /** Asks the question again that was put off. */
  decide(transfer: Transfer): void;
}

export function useTransferActions(): TransferActions {
  const { t } = useTranslation('files');
  const client = useClient();
  const { useFilesView, useToasts } = useView();
  return useMemo(() => {
    const run = (work: Promise<unknown>) => {
      work.catch((failure: unknown) => {
        if (!(failure instanceof CloudError)) throw failure;
        // It ended by itself in the meantime: the list says so.
        if (failure.code === 'not-found' || failure.code === 'conflict') return;
        useToasts.getState().say({ kind: 'failed', title: t('failures.transfer'), failure });
      });
    };
    return {
      pause: ({ id }) => run(client.call('files.pause', { transfer: id })),
      resume: ({ id }) => run(client.call('files.resume', { transfer: id })),
      cancel: ({ id }) => run(client.call('files.cancel', { transfer: id })),
      dismiss: (transfers) => {
        for (const { id } of transfers) run(client.call('files.dismiss', { transfer: id }));
      },
      decide: ({ id }) => useFilesView.getState().postpone(id, false),
    };
  }, [client, useFilesView, useToasts, t]);
}
