/** What can be done with one tunnel: the press that helps most, stop, its address, and the rest in a menu. */
import { Menu } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { MoreIcon } from '../ui/icons.tsx';
import classes from './tunnel-buttons.module.css';
import { TunnelMenu } from './tunnel-menu.tsx';
import { mainAction } from './tunnel-mood.ts';
import { addressOf } from './tunnel-route.ts';
import { useTunnelTools } from './tunnel-tools.ts';
import { useOpenJupyter } from './use-open-jupyter.ts';

interface TunnelButtonsProps {
  readonly tunnel: Tunnel;
}

/** Bytes are told every second; the buttons have nothing of them. */
export const TunnelButtons = memo(function TunnelButtons({ tunnel }: TunnelButtonsProps) {
  const { t } = useTranslation('tunnels');
  const address = addressOf(tunnel);
  const { actions } = useTunnelTools();
  return (
    <span className={classes.buttons}>
      <MainButton tunnel={tunnel} />
      {tunnel.state !== 'stopped' && (
        <Button size="row" onClick={() => actions.stop(tunnel)}>
          {t('stop')}
        </Button>
      )}
      <CopyButton iconOnly text={address} label={t('copyAddress', { address })} />
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button look="quiet" size="row" square aria-label={t('more')}>
            <MoreIcon size={14} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <TunnelMenu tunnel={tunnel} />
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}, sameForButtons);

function sameForButtons(before: TunnelButtonsProps, after: TunnelButtonsProps): boolean {
  const a = before.tunnel;
  const b = after.tunnel;
  return (
    a.id === b.id &&
    a.state === b.state &&
    a.name === b.name &&
    a.localPort === b.localPort &&
    a.startsWithApp === b.startsWithApp &&
    a.jupyter?.state === b.jupyter?.state
  );
}

export function MainButton({ tunnel }: TunnelButtonsProps) {
  const { t } = useTranslation('tunnels');
  const { actions } = useTunnelTools();
  const openJupyter = useOpenJupyter();
  const action = mainAction(tunnel);
  if (!action) return null;
  const press = () => {
    if (action === 'openJupyter') openJupyter(tunnel.instance, tunnel.remotePort);
    else if (action === 'openPage') actions.openPage(tunnel);
    else actions.start(tunnel);
  };
  return (
    <Button size="row" look={action === 'answer' ? 'main' : 'plain'} onClick={press}>
      {t(`do.${action}`)}
    </Button>
  );
}
