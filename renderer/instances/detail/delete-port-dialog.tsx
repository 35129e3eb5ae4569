/** Asks before a forwarded port is taken away. */
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import type { PortForwarding } from '../../../preload/contract/ports.ts';
import { useClient } from '../../client/context.ts';
import { usePorts } from '../../client/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

interface DeletePortDialogProps {
  readonly instance: Instance;
  readonly port: PortForwarding;
  readonly onClose: () => void;
}

export function DeletePortDialog({ instance, port, onClose }: DeletePortDialogProps) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const { refetch } = usePorts(instance.key);
  const { busy, failure, run } = useSubmit();
  const remove = () =>
    run(
      () => client.call('ports.remove', { instance: instance.key, id: port.id }),
      () => {
        void refetch();
        onClose();
      },
    );
  return (
    <Dialog
      title={t('ports.deleteTitle', { port: port.port })}
      subtitle={<PlainText text={instance.name} strong />}
      onClose={onClose}
      onSubmit={remove}
      footer={
        <DialogButtons submitLabel={t('ports.delete')} danger busy={busy} onCancel={onClose} />
      }
    >
      <p>{t('ports.deleteWhat')}</p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
