/** What the core says about a session: why its shell is not as wished, and that its output is written to a file. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { CloseIcon, InfoIcon } from '../ui/icons.tsx';
import { useFormats, useTextRef } from '../ui/texts.ts';
import classes from './pane-view.module.css';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function PaneNotes({ terminal }: { readonly terminal: Terminal }) {
  const { t } = useTranslation('terminal');
  const word = useTextRef();
  const formats = useFormats();
  const pool = useTerminalPool();
  const [dismissed, setDismissed] = useState<string>();
  const { id, note, log } = terminal;
  return (
    <>
      {note && note.id !== dismissed && (
        <div className={classes.bar} data-kind="note" role="status">
          <InfoIcon size={14} />
          <span>{word('rules', note)}</span>
          <Button
            look="quiet"
            size="row"
            square
            aria-label={t('dismiss')}
            onClick={() => setDismissed(note.id)}
          >
            <CloseIcon size={12} />
          </Button>
        </div>
      )}
      {log && (
        <div className={classes.bar} data-kind="recording">
          <b className={classes.rec}>REC</b>
          <span className={classes.path} title={log.path}>
            {log.path}
          </span>
          <span className={classes.size}>{formats.bytes(log.bytes)}</span>
          <CopyButton text={log.path} label={t('log.copyPath')} iconOnly />
          <Button size="row" onClick={() => pool.setLog(id, false)}>
            {t('log.stop')}
          </Button>
        </div>
      )}
    </>
  );
}
