/** Asks before an instance leaves its network group. */
import { useTranslation } from 'react-i18next';
import type { NetworkGroup } from '../../../preload/contract/groups.ts';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useClient } from '../../client/context.ts';
import { useGroups } from '../../client/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText, plainly } from '../../ui/plain-text.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

const longestName = 80;

interface DisconnectDialogProps {
  readonly instance: Instance;
  readonly group: NetworkGroup;
  readonly onClose: () => void;
}

export function DisconnectDialog({ instance, group, onClose }: DisconnectDialogProps) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const { refetch } = useGroups(instance.account);
  const { busy, failure, run } = useSubmit();
  const { account, key } = instance;
  const leave = () =>
    run(
      () => client.call('groups.leave', { account, group: group.id, instance: key }),
      () => {
        void refetch();
        onClose();
      },
    );
  return (
    <Dialog
      title={t('group.disconnect')}
      subtitle={<PlainText text={instance.name} strong />}
      onClose={onClose}
      onSubmit={leave}
      footer={
        <DialogButtons submitLabel={t('group.disconnect')} danger busy={busy} onCancel={onClose} />
      }
    >
      <p>{t('group.disconnectWhat', { group: plainly(group.name, longestName) })}</p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
