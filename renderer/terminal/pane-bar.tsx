/** What a pane says: where the link under the pointer really leads, and what was refused or lost. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { CloseIcon, WarningIcon } from '../ui/icons.tsx';
import classes from './pane-view.module.css';
import type { TerminalPane } from './terminal-pane.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function PaneBar({ pane }: { readonly pane: TerminalPane }) {
  const { t } = useTranslation('terminal');
  const { link, remark } = useStore(pane.status);
  const key = useTerminalPool().keyboard === 'mac' ? 'Cmd' : 'Ctrl';
  return (
    <>
      {link && (
        <div className={classes.link}>
          {link === 'refused' ? (
            t('link.refused')
          ) : (
            <>
              {t('link.open', { key })} <b className="mono">{link}</b>
            </>
          )}
        </div>
      )}
      {remark && (
        <div className={classes.bar} role="status">
          <WarningIcon size={14} />
          <span>{t(`remarks.${remark}`)}</span>
          <Button
            look="quiet"
            size="row"
            square
            aria-label={t('dismiss')}
            onClick={() => pane.remark(undefined)}
          >
            <CloseIcon size={12} />
          </Button>
        </div>
      )}
    </>
  );
}
