/** Asks before every tunnel is stopped at once. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';

interface StopAllDialogProps {
  readonly tunnels: readonly Tunnel[];
  readonly onStop: () => void;
  readonly onClose: () => void;
}

export function StopAllDialog({ tunnels, onStop, onClose }: StopAllDialogProps) {
  const { t } = useTranslation('tunnels');
  const open = tunnels.reduce((sum, { openConnections }) => sum + openConnections, 0);
  return (
    <Dialog
      title={t('stopAll.title', { count: tunnels.length })}
      onClose={onClose}
      onSubmit={onStop}
      footer={<DialogButtons submitLabel={t('stopAll.open')} danger onCancel={onClose} />}
    >
      <p>{open > 0 ? t('stopAll.what', { count: open }) : t('stopAll.unused')}</p>
      <p>{t('stopAll.after')}</p>
    </Dialog>
  );
}
