/** The way a tunnel leads, drawn as stops with arrows between: here :8888 → web-1 :8888. */
import { useTranslation } from 'react-i18next';
import { ArrowIcon, WarningIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './route-line.module.css';
import { isExposed, type RouteEnds, routeOf } from './tunnel-route.ts';

interface RouteLineProps {
  readonly tunnel: RouteEnds;
  readonly instanceName: string;
}

export function RouteLine({ tunnel, instanceName }: RouteLineProps) {
  const { t } = useTranslation('tunnels');
  const exposed = isExposed(tunnel);
  return (
    <span className={classes.route}>
      {routeOf(tunnel).map(({ place, address }, index) => (
        <span key={place} className={classes.leg}>
          {index > 0 && (
            <span className={classes.arrow}>
              <ArrowIcon size={13} />
              <span className="hidden-text">{t('leadsTo')}</span>
            </span>
          )}
          <span
            className={classes.stop}
            data-place={place}
            data-exposed={(exposed && index === 0) || undefined}
          >
            {place === 'instance' && <PlainText text={instanceName} />}
            {(place === 'here' || place === 'anywhere') && <span>{t(`places.${place}`)}</span>}
            {address && <code>{address}</code>}
            {exposed && index === 0 && <Exposed bindAddress={tunnel.bindAddress} />}
          </span>
        </span>
      ))}
    </span>
  );
}

function Exposed({ bindAddress }: { readonly bindAddress: string }) {
  const { t } = useTranslation('tunnels');
  return (
    <span
      className={classes.exposed}
      title={t(bindAddress === '*' ? 'exposedAllWhy' : 'exposedWhy', { address: bindAddress })}
    >
      <WarningIcon size={11} />
      <span className="hidden-text">{t('exposed')}</span>
    </span>
  );
}
