/** One tunnel as a row of the table. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { useFailureText } from '../ui/failure-note.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import page from '../ui/table-page.module.css';
import { useFormats } from '../ui/texts.ts';
import { useNow } from '../ui/use-now.ts';
import { canStart, tunnelMood } from './tunnel-mood.ts';
import classes from './tunnels-page.module.css';
import type { TunnelActions } from './use-tunnel-actions.ts';

const clockStepMs = 1000;

interface TunnelRowProps {
  readonly tunnel: Tunnel;
  readonly actions: TunnelActions;
}

export function TunnelRow({ tunnel, actions }: TunnelRowProps) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const now = useNow(clockStepMs);
  const { state, since, localPort, remoteHost, remotePort } = tunnel;
  const local = `127.0.0.1:${localPort}`;
  return (
    <tr>
      <td className={classes.instance}>
        <PlainText text={tunnel.instanceName} strong />
      </td>
      <td>
        <span className={classes.state}>
          <StateDot mood={tunnelMood(state)} />
          {t(`states.${state}`)}
          <time dateTime={since} title={formats.dateTime(since)}>
            {formats.duration(now - Date.parse(since))}
          </time>
        </span>
      </td>
      <td>
        <span className={classes.address}>
          <code>{local}</code>
          <CopyButton text={local} label={t('copyAddress', { address: local })} />
        </span>
      </td>
      <td>
        <PlainText text={`${remoteHost}:${remotePort}`} mono soft />
      </td>
      <td data-figures>{formats.bytes(tunnel.bytesIn)}</td>
      <td data-figures>{formats.bytes(tunnel.bytesOut)}</td>
      <td data-figures>{formats.count(tunnel.openConnections)}</td>
      <td data-figures>{formats.count(tunnel.reconnects)}</td>
      <td className={classes.failure}>
        <LastFailure tunnel={tunnel} />
      </td>
      <td>
        <span className={page.actions}>
          {canStart(state) ? (
            <Button size="row" onClick={() => actions.start(tunnel)}>
              {t('start')}
            </Button>
          ) : (
            <Button size="row" onClick={() => actions.stop(tunnel)}>
              {t('stop')}
            </Button>
          )}
          <Button
            look="quiet"
            size="row"
            square
            aria-label={t('remove', { address: local })}
            title={t('remove', { address: local })}
            onClick={() => actions.remove(tunnel)}
          >
            <CloseIcon size={12} />
          </Button>
        </span>
      </td>
    </tr>
  );
}

function LastFailure({
  tunnel: { lastFailure, lastFailureAt, state },
}: {
  readonly tunnel: Tunnel;
}) {
  const { t } = useTranslation('tunnels');
  const formats = useFormats();
  const failureText = useFailureText();
  if (!lastFailure) return <span className={classes.none}>{t('noFailure')}</span>;
  return (
    <span className={classes.last} data-past={state === 'up' || undefined}>
      {failureText(lastFailure)}
      {lastFailureAt && <time dateTime={lastFailureAt}>{formats.dateTime(lastFailureAt)}</time>}
    </span>
  );
}
