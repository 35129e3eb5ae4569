/** The way a tunnel leads, drawn as stops with arrows between: here :8888 → web-1 :8888. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrowIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './route-line.module.css';
import { isExposed, type RouteEnds, routeOf } from './tunnel-route.ts';

interface RouteLineProps {
  readonly tunnel: RouteEnds;
  readonly instanceName: string;
}

export function RouteLine({ tunnel, instanceName }: RouteLineProps) {
  const { t } = useTranslation('tunnels');
  const stops = routeOf(tunnel);
  return (
    <span className={classes.route}>
      {stops.map(({ place, address }, index) => (
        <Fragment key={place}>
          {index > 0 && (
            <span className={classes.arrow}>
              <ArrowIcon size={13} />
              <span className="hidden-text">{t('leadsTo')}</span>
            </span>
          )}
          <span className={classes.stop} data-place={place}>
            {place === 'instance' && <PlainText text={instanceName} />}
            {(place === 'here' || place === 'anywhere') && <span>{t(`places.${place}`)}</span>}
            {address && <code>{address}</code>}
          </span>
        </Fragment>
      ))}
      {isExposed(tunnel) && (
        <span className={classes.exposed} title={t('exposedWhy', { address: tunnel.bindAddress })}>
          {t('exposed')}
        </span>
      )}
    </span>
  );
}
