/** No tunnels yet: what the three kinds are for, and where to begin. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { TunnelsIcon } from '../ui/icons.tsx';
import page from '../ui/table-page.module.css';
import classes from './empty-tunnels.module.css';
import { RouteLine } from './route-line.tsx';
import { exampleEnds, tunnelKinds } from './tunnel-kinds.ts';
import { useTunnelTools } from './tunnel-tools.ts';

export function EmptyTunnels() {
  const { t } = useTranslation('tunnels');
  const go = useView().useNavigation((navigation) => navigation.go);
  const canBegin = useStores().instances(({ items }) => items.some(({ ssh }) => ssh));
  const ask = useTunnelTools().useDesk((desk) => desk.ask);
  return (
    <div className={page.empty}>
      <TunnelsIcon size={34} />
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text')}</p>
      <ul className={classes.kinds}>
        {tunnelKinds.map((kind) => (
          <li key={kind}>
            <h3>{t(`kinds.${kind}.title`)}</h3>
            <p>{t(`kinds.${kind}.what`)}</p>
            <RouteLine tunnel={exampleEnds(kind)} instanceName="web-1" />
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button
          look={canBegin ? 'main' : 'plain'}
          reason={canBegin ? undefined : t('files:choose.none')}
          onClick={() => ask({ kind: 'create', instance: undefined })}
        >
          {t('create.open')}
        </Button>
        <Button look={canBegin ? 'plain' : 'main'} onClick={() => go('instances')}>
          {t('empty.go')}
        </Button>
      </div>
      <p className={classes.jupyter}>{t('empty.jupyter')}</p>
    </div>
  );
}
