/** Over the list of tunnels: how they are, and what is done with all of them or with a new one. */
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { PlusIcon, RefreshIcon } from '../ui/icons.tsx';
import page from '../ui/table-page.module.css';
import { countTunnels } from './filter-tunnels.ts';
import { useTunnelTools } from './tunnel-tools.ts';

export function TunnelsHeader() {
  const { t } = useTranslation('tunnels');
  const { tunnels } = useStores();
  const counts = tunnels(useShallow(({ items }) => countTunnels(items)));
  const { useDesk, actions } = useTunnelTools();
  const ask = useDesk((desk) => desk.ask);
  const started = counts.all - counts.stopped;
  const down = started - counts.up;
  const stopAll = () => {
    const all = tunnels.getState().items.filter(({ state }) => state !== 'stopped');
    ask({ kind: 'stop-all', tunnels: all });
  };
  return (
    <header className={page.header}>
      <h1>{t('title')}</h1>
      {counts.all > 0 && <p>{t('summary', { up: counts.up, count: counts.all })}</p>}
      {counts.all > 0 && (
        <div className={page.tools}>
          <Button
            reason={down === 0 ? t('reconnectAll.none') : undefined}
            onClick={actions.reconnectAll}
          >
            <RefreshIcon size={13} />
            {t('reconnectAll.open')}
          </Button>
          <Button reason={started === 0 ? t('stopAll.none') : undefined} onClick={stopAll}>
            {t('stopAll.open')}
          </Button>
          <Button look="main" onClick={() => ask({ kind: 'create', instance: undefined })}>
            <PlusIcon size={13} />
            {t('create.open')}
          </Button>
        </div>
      )}
    </header>
  );
}
