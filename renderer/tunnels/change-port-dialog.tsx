/** Gives a stopped tunnel another port on this machine. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useClient } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { readPort } from './read-port.ts';

interface ChangePortDialogProps {
  readonly tunnel: Tunnel;
  readonly onClose: () => void;
}

export function ChangePortDialog({ tunnel, onClose }: ChangePortDialogProps) {
  const { t } = useTranslation('tunnels');
  const client = useClient();
  const [typed, setTyped] = useState(String(tunnel.localPort));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const localPort = readPort(typed.trim());

  const submit = async () => {
    if (localPort === undefined) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await client.call('tunnels.change', { id: tunnel.id, localPort });
      onClose();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('changePort.title')}
      subtitle={<PlainText text={tunnel.name || tunnel.instanceName} soft />}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="main" submit busy={busy}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <TextInput
        size="xs"
        label={t('create.localPort')}
        description={t('changePort.what')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        data-autofocus
        value={typed}
        error={localPort === undefined && t('create.problems.portRange')}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
