/** The lesser actions of a tunnel, as the items of a menu. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { CheckIcon } from '../ui/icons.tsx';
import { leadsToJupyter, pageOf } from './known-ports.ts';
import classes from './tunnel-menu.module.css';
import { useTunnelTools } from './tunnel-tools.ts';
import { useOpenJupyter } from './use-open-jupyter.ts';

export function TunnelMenu({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const { actions, useDesk } = useTunnelTools();
  const { ask, rename } = useDesk.getState();
  const openJupyter = useOpenJupyter();
  const { id, kind, state, startsWithApp, instance, remotePort } = tunnel;
  const stopped = state === 'stopped';
  return (
    <>
      {leadsToJupyter(tunnel) && (
        <Menu.Item onClick={() => openJupyter(instance, remotePort)}>
          {t('do.openJupyter')}
        </Menu.Item>
      )}
      {pageOf(tunnel) && (
        <Menu.Item
          disabled={state !== 'up'}
          className={classes.item ?? ''}
          onClick={() => actions.openPage(tunnel)}
        >
          {t('do.openPage')}
          {state !== 'up' && <span className={classes.reason}>{t('use.onlyUp')}</span>}
        </Menu.Item>
      )}
      <Menu.Item onClick={() => ask({ kind: 'how-to-use', tunnel })}>{t('use.open')}</Menu.Item>
      <Menu.Divider />
      {/* After the menu has given the focus back, or the field loses it at once. */}
      <Menu.Item rightSection={<kbd>F2</kbd>} onClick={() => setTimeout(() => rename(id))}>
        {t('rename.open')}
      </Menu.Item>
      {kind !== 'remote' && (
        <Menu.Item
          disabled={!stopped}
          className={classes.item ?? ''}
          onClick={() => ask({ kind: 'change-port', tunnel })}
        >
          {t('changePort.open')}
          {!stopped && <span className={classes.reason}>{t('changePort.onlyStopped')}</span>}
        </Menu.Item>
      )}
      <Menu.Item
        role="menuitemcheckbox"
        aria-checked={startsWithApp}
        rightSection={startsWithApp && <CheckIcon size={13} />}
        onClick={() => actions.change(tunnel, { startsWithApp: !startsWithApp })}
      >
        {t('startWithApp')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        className={classes.item ?? ''}
        data-danger
        rightSection={<kbd>Del</kbd>}
        onClick={() => actions.remove(tunnel)}
      >
        {t('remove.open')}
      </Menu.Item>
    </>
  );
}
