/** Why a local port cannot be had, in plain words, and the one that can. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import type { PortOffer, UnavailablePort } from './use-tunnel-actions.ts';

export function PortReason({ outcome }: { readonly outcome: UnavailablePort }) {
  const { t } = useTranslation('tunnels');
  const { reason, wanted, offered } = outcome;
  return (
    <>
      {t(`port.${reason}`, { port: wanted })} {t('port.offer', { port: offered })}
    </>
  );
}

interface PortOfferDialogProps {
  readonly offer: PortOffer;
  readonly onTake: () => void;
  readonly onDecline: () => void;
}

export function PortOfferDialog({ offer, onTake, onDecline }: PortOfferDialogProps) {
  const { t } = useTranslation('tunnels');
  return (
    <Dialog
      title={t('port.title', { port: offer.outcome.wanted })}
      subtitle={<PlainText text={offer.tunnel.instanceName} soft />}
      onClose={onDecline}
      onSubmit={onTake}
      footer={
        <>
          <Button onClick={onDecline}>{t('cancel')}</Button>
          <Button look="main" submit data-autofocus>
            {t('port.use', { port: offer.outcome.offered })}
          </Button>
        </>
      }
    >
      <p>
        <PortReason outcome={offer.outcome} />
      </p>
    </Dialog>
  );
}
