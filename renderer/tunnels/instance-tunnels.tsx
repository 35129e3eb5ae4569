/** The tunnels of one instance, small, for its Access tab. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useFailureText } from '../ui/failure-note.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './instance-tunnels.module.css';
import { PortOfferDialog } from './port-offer.tsx';
import { canStart, tunnelMood } from './tunnel-mood.ts';
import { useTunnelActions } from './use-tunnel-actions.ts';

/** The instance itself: only its port is worth the room. */
const loopback = '127.0.0.1';

export function InstanceTunnels({ instanceKey }: { readonly instanceKey: string }) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const failureText = useFailureText();
  const all = useStores().tunnels(({ items }) => items);
  const own = useMemo(
    () => all.filter(({ instance }) => instance === instanceKey),
    [all, instanceKey],
  );
  const actions = useTunnelActions();
  const { offer } = actions;
  if (own.length === 0) return null;
  return (
    <>
      <ul className={classes.list} aria-label={t('title')}>
        {own.map((tunnel) => {
          const { id, state, localPort, remoteHost, remotePort, bytesIn, bytesOut } = tunnel;
          const local = `127.0.0.1:${localPort}`;
          return (
            <li key={id}>
              <StateDot mood={tunnelMood(state)} />
              <span>{t(`states.${state}`)}</span>
              <code>{local}</code>
              <span className={classes.traffic}>
                {t('leadsTo', {
                  address: remoteHost === loopback ? remotePort : `${remoteHost}:${remotePort}`,
                })}
                {' · '}
                {formats.bytes(bytesIn + bytesOut)}
                {' · '}
                {t('open', { count: tunnel.openConnections })}
              </span>
              <CopyButton text={local} label={t('copyAddress', { address: local })} />
              <Button
                size="row"
                onClick={() => (canStart(state) ? actions.start(tunnel) : actions.stop(tunnel))}
              >
                {canStart(state) ? t('start') : t('stop')}
              </Button>
              {state !== 'up' && tunnel.lastFailure && (
                <p className={classes.failure}>{failureText(tunnel.lastFailure)}</p>
              )}
            </li>
          );
        })}
      </ul>
      {offer && (
        <PortOfferDialog
          offer={offer}
          onTake={actions.takeOffer}
          onDecline={actions.declineOffer}
        />
      )}
    </>
  );
}
