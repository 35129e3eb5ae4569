/** New Port Forwarding, or a change to one: the service's port, and whether it is a web service. */
import { Checkbox, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import type { PortForwarding } from '../../../preload/contract/ports.ts';
import { useClient } from '../../client/context.ts';
import { usePorts } from '../../client/queries.ts';
import { readPort } from '../../tunnels/read-port.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

interface PortDialogProps {
  readonly instance: Instance;
  /** The one to change; absent: a new one. */
  readonly port?: PortForwarding;
  readonly onClose: () => void;
}

export function PortDialog({ instance, port: former, onClose }: PortDialogProps) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const { refetch } = usePorts(instance.key);
  const { busy, failure, run } = useSubmit();
  const [typed, setTyped] = useState<string | number>(former?.port ?? '');
  const [https, setHttps] = useState(former?.protocol === 'https');
  const [tried, setTried] = useState(false);
  const port = readPort(typed);

  const submit = () => {
    setTried(true);
    if (port === undefined) return;
    const forwarding = {
      instance: instance.key,
      port,
      protocol: https ? ('https' as const) : ('tcp' as const),
    };
    run(
      () =>
        former
          ? client.call('ports.change', { ...forwarding, id: former.id })
          : client.call('ports.add', forwarding),
      () => {
        void refetch();
        onClose();
      },
    );
  };

  return (
    <Dialog
      title={t(former ? 'ports.editTitle' : 'ports.new')}
      subtitle={<PlainText text={instance.name} strong />}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <DialogButtons
          submitLabel={t(former ? 'common:save' : 'ports.add')}
          busy={busy}
          onCancel={onClose}
        />
      }
    >
      <NumberInput
        size="xs"
        label={t('ports.servicePort')}
        description={t('ports.servicePortHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="8888"
        min={1}
        max={65_535}
        allowDecimal={false}
        hideControls
        clampBehavior="none"
        value={typed}
        error={tried && port === undefined && t('ports.invalid')}
        data-autofocus
        onChange={setTyped}
      />
      <p>
        {t('ports.protocol')}: <b>{https ? 'HTTPS' : 'TCP'}</b>
      </p>
      <Checkbox
        size="xs"
        label="HTTPS"
        description={t('ports.httpsHint')}
        checked={https}
        onChange={({ currentTarget }) => setHttps(currentTarget.checked)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
