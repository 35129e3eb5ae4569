/** Every tunnel: where it leads, whether it is up, what went through it, and what last went wrong. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TunnelsIcon } from '../ui/icons.tsx';
import page from '../ui/table-page.module.css';
import { PortOfferDialog } from './port-offer.tsx';
import { RemoteBrowserNote } from './remote-browser-note.tsx';
import { TunnelRow } from './tunnel-row.tsx';
import { useTunnelActions } from './use-tunnel-actions.ts';

const columns = [
  'instance',
  'state',
  'local',
  'remote',
  'in',
  'out',
  'connections',
  'reconnects',
  'failure',
] as const;
const figures: readonly string[] = ['in', 'out', 'connections', 'reconnects'];
const placeholderRows = [0, 1, 2];

export function TunnelsPage() {
  const { t } = useTranslation('tunnels');
  const { look, failure, items } = useStores().tunnels();
  const actions = useTunnelActions();
  const { offer } = actions;
  const up = items.filter(({ state }) => state === 'up').length;
  return (
    <section className={page.page} aria-label={t('title')}>
      <header className={page.header}>
        <h1>{t('title')}</h1>
        {items.length > 0 && <p>{t('summary', { up, count: items.length })}</p>}
      </header>
      {look === 'stale' && (
        <p className={page.stale} role="status">
          {t('stale')}
        </p>
      )}
      {look === 'failed' && failure && <FailureNote failure={failure} />}
      {look === 'fresh' && items.length === 0 && <EmptyTunnels />}
      {(look === 'loading' || items.length > 0) && (
        <div className={page.scroll}>
          <table className={page.table} aria-busy={look === 'loading'} aria-label={t('title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" data-figures={figures.includes(column) || undefined}>
                    {t(`columns.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="hidden-text">{t('columns.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((tunnel) => (
                <TunnelRow key={tunnel.id} tunnel={tunnel} actions={actions} />
              ))}
              {look === 'loading' &&
                placeholderRows.map((row) => (
                  <tr key={row} className={page.placeholder} aria-hidden>
                    <td colSpan={columns.length + 1}>
                      <span />
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
      {items.length > 0 && !window.pilothouse && <RemoteBrowserNote tunnels={items} />}
      {offer && (
        <PortOfferDialog
          offer={offer}
          onTake={actions.takeOffer}
          onDecline={actions.declineOffer}
        />
      )}
    </section>
  );
}

function EmptyTunnels() {
  const { t } = useTranslation('tunnels');
  const go = useView().useNavigation((navigation) => navigation.go);
  return (
    <div className={page.empty}>
      <TunnelsIcon size={34} />
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      <Button look="main" onClick={() => go('instances')}>
        {t('empty.go')}
      </Button>
    </div>
  );
}
