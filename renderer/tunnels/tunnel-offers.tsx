/** Tunnels that pasted commands asked for: each is opened by a press of its own, and kept then. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { PortReason } from './port-offer.tsx';
import { RouteLine } from './route-line.tsx';
import { tunnelMood } from './tunnel-mood.ts';
import classes from './tunnel-offers.module.css';
import { type TunnelOffer, useTakeOffer } from './use-take-offer.ts';

export function TunnelOffers({ offers }: { readonly offers: readonly TunnelOffer[] }) {
  const { t } = useTranslation('tunnels');
  if (offers.length === 0) return null;
  return (
    <section className={classes.offers} aria-label={t('offers.title')}>
      <h3>{t('offers.title')}</h3>
      <p>{t('offers.what')}</p>
      <ul>
        {offers.map((offer) => (
          <Offer key={JSON.stringify(offer)} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ offer }: { readonly offer: TunnelOffer }) {
  const { t } = useTranslation('tunnels');
  const { instance, tunnel } = offer;
  const name = useStores().instances(({ byKey }) => byKey.get(instance)?.name) ?? instance;
  const { stage, open } = useTakeOffer(offer);
  const opened = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // The button is gone, and the keyboard with it: the next Tab leads to the next offer.
    if (stage.kind === 'opened' && document.activeElement === document.body)
      opened.current?.focus();
  }, [stage.kind]);
  return (
    <li>
      <span className={classes.line}>
        <RouteLine tunnel={tunnel} instanceName={name} />
        {stage.kind === 'opened' ? (
          <span ref={opened} className={classes.opened} role="status" tabIndex={-1}>
            <Opened tunnel={stage.tunnel} />
          </span>
        ) : (
          <Button size="row" busy={stage.kind === 'opening'} onClick={open}>
            {stage.kind === 'unavailable'
              ? t('port.use', { port: stage.outcome.offered })
              : t('offers.open')}
          </Button>
        )}
      </span>
      {stage.kind === 'unavailable' && (
        <div className={classes.reason} role="alert">
          <PortReason outcome={stage.outcome} />
        </div>
      )}
      {stage.kind === 'failed' && <FailureNote failure={stage.failure} />}
    </li>
  );
}

/** Whether it leads anywhere yet is told only where it does not. */
function Opened({ tunnel }: { readonly tunnel: string }) {
  const { t } = useTranslation('tunnels');
  const state = useStores().tunnels(({ byKey }) => byKey.get(tunnel)?.state);
  const isWell = state === undefined || state === 'up' || state === 'connecting';
  return isWell ? (
    <>
      <CheckIcon size={13} />
      {t('offers.opened')}
    </>
  ) : (
    <>
      <StateDot mood={tunnelMood(state)} />
      <span className={classes.state}>{t(`states.${state}`)}</span>
    </>
  );
}
