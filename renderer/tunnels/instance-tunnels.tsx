/** The tunnels of one instance, small, for its Access tab. */
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './instance-tunnels.module.css';
import { RouteLine } from './route-line.tsx';
import { Ticking } from './ticking.tsx';
import { MainButton } from './tunnel-buttons.tsx';
import { addressOf } from './tunnel-route.ts';
import { TunnelState } from './tunnel-state.tsx';
import { useTunnelTools } from './tunnel-tools.ts';

export function InstanceTunnels({ instanceKey }: { readonly instanceKey: string }) {
  const { t } = useTranslation('tunnels');
  const own = useStores().tunnels(
    useShallow(({ items }) => items.filter(({ instance }) => instance === instanceKey)),
  );
  if (own.length === 0) return null;
  return (
    <Ticking>
      <ul className={classes.list} aria-label={t('title')}>
        {own.map((tunnel) => (
          <InstanceTunnel key={tunnel.id} tunnel={tunnel} />
        ))}
      </ul>
    </Ticking>
  );
}

function InstanceTunnel({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const { actions } = useTunnelTools();
  const address = addressOf(tunnel);
  return (
    <li>
      {tunnel.name !== '' && <PlainText text={tunnel.name} strong />}
      <RouteLine tunnel={tunnel} instanceName={tunnel.instanceName} />
      <TunnelState tunnel={tunnel} />
      <span className={classes.tools}>
        <span className={classes.traffic}>
          {t('traffic', {
            bytes: formats.bytes(tunnel.bytesIn + tunnel.bytesOut),
            open: t('open', { count: tunnel.openConnections }),
          })}
        </span>
        <CopyButton iconOnly text={address} label={t('copyAddress', { address })} />
        <MainButton tunnel={tunnel} />
        {tunnel.state !== 'stopped' && (
          <Button size="row" onClick={() => actions.stop(tunnel)}>
            {t('stop')}
          </Button>
        )}
      </span>
    </li>
  );
}
