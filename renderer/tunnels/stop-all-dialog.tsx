/** Asks before every tunnel is stopped at once. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

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
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look="danger" submit>
            {t('stopAll.open')}
          </Button>
        </>
      }
    >
      <p>{open > 0 ? t('stopAll.what', { count: open }) : t('stopAll.unused')}</p>
      <p>{t('stopAll.after')}</p>
    </Dialog>
  );
}
