/** Which of several Jupyter servers to open: by port, kind and the directory it serves. */
import { useTranslation } from 'react-i18next';
import type { FoundJupyter } from '../../preload/contract/tunnels.ts';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './jupyter-choice.module.css';

interface JupyterChoiceProps {
  readonly servers: readonly FoundJupyter[];
  readonly onChoose: (remotePort: number) => void;
}

export function JupyterChoice({ servers, onChoose }: JupyterChoiceProps) {
  const { t } = useTranslation('tunnels');
  return (
    <>
      <p>{t('jupyter.choose', { count: servers.length })}</p>
      <ul className={classes.servers}>
        {servers.map(({ port, kind, directory }, index) => (
          <li key={port}>
            <button
              type="button"
              className={classes.server}
              data-autofocus={index === 0 || undefined}
              onClick={() => onChoose(port)}
            >
              <code>{port}</code>
              <span className={classes.what}>
                <span>{t(`jupyter.kinds.${kind}`)}</span>
                {directory && <PlainText text={directory} mono soft />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
