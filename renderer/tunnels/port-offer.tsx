/** Why a port cannot be had, in plain words, and the one that can. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { CommandLine } from './command-line.tsx';
import classes from './port-offer.module.css';
import type { UnavailablePort } from './tunnel-desk.ts';

/** Lists what Windows keeps for itself; the words are its own. */
const reservedCommand = 'netsh int ipv4 show excludedportrange protocol=tcp';

export function PortReason({ outcome }: { readonly outcome: UnavailablePort }) {
  const { t } = useTranslation('tunnels');
  const { reason, wanted, offered } = outcome;
  return (
    <>
      <p>
        {t('port.reasonAndOffer', {
          reason: t(`port.why.${reason}`, { port: wanted }),
          offer: t('port.offer', { port: offered }),
        })}
      </p>
      {reason === 'reserved' && (
        <>
          <p className={classes.hint}>{t('port.reservedHint')}</p>
          <CommandLine command={reservedCommand} copyLabel={t('port.copyReserved')} />
        </>
      )}
    </>
  );
}

interface PortOfferDialogProps {
  readonly offer: { readonly tunnel: Tunnel; readonly outcome: UnavailablePort };
  readonly onTake: () => void;
  readonly onDecline: () => void;
}

export function PortOfferDialog({ offer, onTake, onDecline }: PortOfferDialogProps) {
  const { t } = useTranslation('tunnels');
  const { tunnel, outcome } = offer;
  return (
    <Dialog
      title={t('port.title', { port: outcome.wanted })}
      subtitle={<PlainText text={tunnel.name || tunnel.instanceName} soft />}
      onClose={onDecline}
      onSubmit={onTake}
      footer={
        <>
          <Button onClick={onDecline}>{t('common:cancel')}</Button>
          <Button look="main" submit data-autofocus>
            {t('port.use', { port: outcome.offered })}
          </Button>
        </>
      }
    >
      <PortReason outcome={outcome} />
      <p className={classes.hint}>{t('port.remembered')}</p>
    </Dialog>
  );
}
