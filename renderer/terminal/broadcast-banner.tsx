/** The loud sign above the panes while typing goes to several terminals. */
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { plainly } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './broadcast.module.css';
import { noBroadcast, withoutTarget } from './broadcast.ts';
import { BroadcastIcon } from './terminal-icons.tsx';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const longestNames = 160;

export function BroadcastBanner() {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const broadcast = useDock((dock) => dock.broadcast);
  const terminals = useStores().terminals(({ byKey }) => byKey);
  const formats = useFormats();
  if (broadcast.length === 0) return null;
  const names = broadcast.flatMap((session) => terminals.get(session)?.title ?? []);
  return (
    <div className={classes.banner} role="alert">
      <BroadcastIcon size={14} />
      <b>{t('broadcast.on', { count: broadcast.length })}</b>
      <span className={classes.names}>{plainly(formats.list(names), longestNames)}</span>
      <button
        type="button"
        className={classes.stop}
        onClick={() => pool.dock.setState({ broadcast: noBroadcast })}
      >
        {t('broadcast.stop')}
      </button>
    </div>
  );
}

/** In the corner of each pane that takes part: how it leaves. */
export function BroadcastMark({ session }: { readonly session: string }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const leave = () =>
    pool.dock.setState(({ broadcast }) => ({ broadcast: withoutTarget(broadcast, session) }));
  return (
    <button type="button" className={classes.mark} onClick={leave}>
      {t('broadcast.leave')}
    </button>
  );
}
