/** How a tunnel is used: its address, and the lines for the programs people use it with. */
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { CommandLine } from './command-line.tsx';
import classes from './how-to-use-dialog.module.css';
import { RouteLine } from './route-line.tsx';
import { usesOf } from './tunnel-uses.ts';

interface HowToUseDialogProps {
  readonly tunnel: Tunnel;
  readonly onClose: () => void;
}

export function HowToUseDialog({ tunnel, onClose }: HowToUseDialogProps) {
  const { t } = useTranslation('tunnels');
  return (
    <Dialog
      title={t('use.title')}
      subtitle={<PlainText text={tunnel.name || tunnel.instanceName} soft />}
      widthPx={560}
      onClose={onClose}
      footer={
        <Button look="main" onClick={onClose} data-autofocus>
          {t('close')}
        </Button>
      }
    >
      <RouteLine tunnel={tunnel} instanceName={tunnel.instanceName} />
      <p>{t(`use.what.${tunnel.kind}`)}</p>
      <dl className={classes.uses}>
        {usesOf(tunnel).map(({ id, line }) => (
          <div key={id}>
            <dt>{t(`use.lines.${id}`)}</dt>
            <dd>
              <CommandLine
                command={line}
                copyLabel={t('use.copyLine', { what: t(`use.lines.${id}`) })}
              />
            </dd>
          </div>
        ))}
      </dl>
      {tunnel.kind === 'dynamic' && <p className={classes.hint}>{t('use.namesThere')}</p>}
    </Dialog>
  );
}
