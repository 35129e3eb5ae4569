/** Every tunnel: where it leads, whether it is up, what goes through it, and what there is to do about it. */
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import page from '../ui/table-page.module.css';
import { EmptyTunnels } from './empty-tunnels.tsx';
import { filterTunnels } from './filter-tunnels.ts';
import { RemoteBrowserNote } from './remote-browser-note.tsx';
import { Ticking } from './ticking.tsx';
import { TunnelList } from './tunnel-list.tsx';
import { TunnelsFilter } from './tunnels-filter.tsx';
import { TunnelsHeader } from './tunnels-header.tsx';
import classes from './tunnels-page.module.css';

export function TunnelsPage() {
  const { t } = useTranslation('tunnels');
  const { tunnels } = useStores();
  const look = tunnels((state) => state.look);
  const failure = tunnels((state) => state.failure);
  const retry = tunnels((state) => state.retry);
  const count = tunnels(({ items }) => items.length);
  return (
    <section className={page.page} aria-label={t('title')}>
      <TunnelsHeader />
      {look === 'stale' && (
        <p className={page.stale} role="status">
          {t('stale')}
        </p>
      )}
      {look === 'failed' && failure && <FailureNote failure={failure} onRetry={retry} />}
      {look === 'loading' && <Placeholder />}
      {look === 'fresh' && count === 0 && <EmptyTunnels />}
      {count > 0 && (
        <>
          <TunnelsFilter />
          <ShownTunnels />
          {!window.pilothouse && <RemoteBrowserNote />}
        </>
      )}
    </section>
  );
}

/** Bytes are told every second; only which tunnels are shown, and in which order, draws the list again. */
function ShownTunnels() {
  const { t } = useTranslation('tunnels');
  const { useTunnelsView } = useView();
  const { tab, text, showTab, search } = useTunnelsView();
  const ids = useStores().tunnels(
    useShallow(({ items }) => filterTunnels(items, tab, text).map(({ id }) => id)),
  );
  if (ids.length === 0) {
    const showAll = () => {
      showTab('all');
      search('');
    };
    return (
      <div className={classes.nothing}>
        <p>{t(text.trim() === '' ? `nothing.${tab}` : 'nothing.matches')}</p>
        <Button onClick={showAll}>{t('nothing.showAll')}</Button>
      </div>
    );
  }
  return (
    <Ticking>
      <TunnelList ids={ids} />
    </Ticking>
  );
}

const placeholderRows = [0, 1, 2];

function Placeholder() {
  return (
    <div className={page.scroll} aria-busy="true">
      <table className={page.table}>
        <tbody>
          {placeholderRows.map((row) => (
            <tr key={row} className={page.placeholder} aria-hidden>
              <td>
                <span />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
