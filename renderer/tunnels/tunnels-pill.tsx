/** In the line at the foot: how many tunnels are up and how many need a person; it leads to them. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import classes from './tunnels-pill.module.css';

export function TunnelsPill() {
  const { t } = useTranslation('tunnels');
  const { tunnels } = useStores();
  const up = tunnels(({ items }) => items.filter(({ state }) => state === 'up').length);
  const needYou = tunnels(
    ({ items }) => items.filter(({ state }) => state === 'needs-user').length,
  );
  const { useNavigation, useTunnelsView } = useView();
  const go = useNavigation((navigation) => navigation.go);
  const showTab = useTunnelsView((view) => view.showTab);
  const needs = t('pill.needYou', { count: needYou });
  return (
    <button
      type="button"
      className={classes.pill}
      aria-label={t(needYou > 0 ? 'pill.labelNeeds' : 'pill.label', { up, needs })}
      onClick={() => {
        showTab(needYou > 0 ? 'needsYou' : 'all');
        go('tunnels');
      }}
    >
      {t('title')} <b>{t('pill.up', { count: up })}</b>
      {needYou > 0 && <b className={classes.needs}>{needs}</b>}
    </button>
  );
}
