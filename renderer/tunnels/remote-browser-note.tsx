/** For a browser on another machine than the application: the command that brings each tunnel there. */
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { useStores } from '../client/context.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './remote-browser-note.module.css';
import { sshForwardLine } from './ssh-forward-line.ts';

export function RemoteBrowserNote() {
  const { t } = useTranslation('tunnels');
  const ids = useStores().tunnels(
    useShallow(({ items }) => items.filter(isUsedFromHere).map(({ id }) => id)),
  );
  if (ids.length === 0) return null;
  return (
    <details className={classes.note}>
      <summary>{t('remoteBrowser.title')}</summary>
      <p>{t('remoteBrowser.text')}</p>
      <ul>
        {ids.map((id) => (
          <TunnelLine key={id} id={id} />
        ))}
      </ul>
    </details>
  );
}

/** What listens on the instance is no matter of the browser's machine. */
const isUsedFromHere = ({ kind, state }: Tunnel) => kind !== 'remote' && state !== 'stopped';

function TunnelLine({ id }: { readonly id: string }) {
  const { t } = useTranslation('tunnels');
  const { tunnels } = useStores();
  const name = tunnels(({ byKey }) => byKey.get(id)?.name || byKey.get(id)?.instanceName);
  const port = tunnels(({ byKey }) => byKey.get(id)?.localPort);
  if (port === undefined) return null;
  const line = sshForwardLine(port, location.hostname);
  return (
    <li>
      <span className={classes.name}>
        <PlainText text={name ?? ''} />
      </span>
      <code>{line}</code>
      <CopyButton text={line} label={t('copyLine', { port })} />
    </li>
  );
}
