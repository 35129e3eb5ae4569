/** For a browser on another machine than the application: the command that brings each tunnel there. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { sshForwardLine } from './ssh-forward-line.ts';
import classes from './tunnels-page.module.css';

export function RemoteBrowserNote({ tunnels }: { readonly tunnels: readonly Tunnel[] }) {
  const { t } = useTranslation('tunnels');
  return (
    <details className={classes.note}>
      <summary>{t('remoteBrowser.title')}</summary>
      <p>{t('remoteBrowser.text')}</p>
      <ul>
        {tunnels.map(({ id, instanceName, localPort }) => {
          const line = sshForwardLine(localPort, location.hostname);
          return (
            <li key={id}>
              <span className={classes.noteName}>
                <PlainText text={instanceName} />
              </span>
              <code>{line}</code>
              <CopyButton text={line} label={t('copyLine', { port: localPort })} />
            </li>
          );
        })}
      </ul>
    </details>
  );
}
