/** Gives a stopped tunnel another port on this machine. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useClient } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useSubmit } from '../ui/use-submit.ts';
import { readPort } from './read-port.ts';

interface ChangePortDialogProps {
  readonly tunnel: Tunnel;
  readonly onClose: () => void;
}

export function ChangePortDialog({ tunnel, onClose }: ChangePortDialogProps) {
  const { t } = useTranslation('tunnels');
  const client = useClient();
  const [typed, setTyped] = useState(String(tunnel.localPort));
  const { busy, failure, run } = useSubmit();
  const localPort = readPort(typed.trim());

  const submit = () => {
    if (localPort === undefined) return;
    run(() => client.call('tunnels.change', { id: tunnel.id, localPort }), onClose);
  };
  return (
    <Dialog
      title={t('changePort.title')}
      subtitle={<PlainText text={tunnel.name || tunnel.instanceName} soft />}
      onClose={onClose}
      onSubmit={submit}
      footer={<DialogButtons submitLabel={t('common:save')} busy={busy} onCancel={onClose} />}
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
