/** Asks before a tunnel is taken away. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useStores } from '../client/context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { RouteLine } from './route-line.tsx';

interface RemoveTunnelDialogProps {
  readonly tunnel: Tunnel;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

export function RemoveTunnelDialog({ tunnel: asked, onRemove, onClose }: RemoveTunnelDialogProps) {
  const { t } = useTranslation('tunnels');
  // What is open through it changes while one thinks.
  const tunnel = useStores().tunnels(({ byKey }) => byKey.get(asked.id)) ?? asked;
  return (
    <Dialog
      title={t('remove.title')}
      subtitle={<PlainText text={tunnel.name || tunnel.instanceName} strong />}
      onClose={onClose}
      onSubmit={onRemove}
      footer={<DialogButtons submitLabel={t('remove.submit')} danger onCancel={onClose} />}
    >
      <RouteLine tunnel={tunnel} instanceName={tunnel.instanceName} />
      <p>
        {tunnel.state === 'stopped'
          ? t('remove.stopped')
          : t('remove.what', { count: tunnel.openConnections })}
      </p>
    </Dialog>
  );
}
