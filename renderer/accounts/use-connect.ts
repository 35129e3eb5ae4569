/** Connects an account, through the vault's gate since its secrets are kept. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import type { ConnectDraft } from './connect-form.ts';

export function useConnect(onConnected: () => void) {
  const { t } = useTranslation('accounts');
  const client = useClient();
  const { useVaultGate, useToasts } = useView();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();

  const connect = async (cloud: string, { name, values, secrets }: ConnectDraft) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await useVaultGate
        .getState()
        .pass(() =>
          client.call('accounts.connect', { cloud, name: name.trim(), input: values, secrets }),
        );
      useToasts.getState().say({ kind: 'done', text: t('connect.done', { name: name.trim() }) });
      onConnected();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
      setBusy(false);
    }
  };

  return {
    busy,
    failure,
    connect: (cloud: string, draft: ConnectDraft) => void connect(cloud, draft),
  };
}
