/** What else there is to do about SSH into an instance: another program, a key, the options. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../preload/contract/instances.ts';
import { Button } from '../ui/button.tsx';
import { ConnectionOptionsDialog } from './connection-options-dialog.tsx';
import { InstallKeyDialog } from './install-key-dialog.tsx';
import { OpenInVscode } from './open-in-vscode.tsx';
import type { useOutsideWays } from './queries.ts';
import classes from './ssh-tools.module.css';

interface SshToolsProps {
  readonly instance: Instance;
  readonly outside: ReturnType<typeof useOutsideWays>;
}

export function SshTools({ instance, outside }: SshToolsProps) {
  const { t } = useTranslation('ssh');
  const [open, setOpen] = useState<'key' | 'options'>();
  const close = () => setOpen(undefined);
  return (
    <div className={classes.tools}>
      <OpenInVscode outside={outside} />
      <Button size="row" onClick={() => setOpen('key')}>
        {t('install.open')}
      </Button>
      <Button size="row" onClick={() => setOpen('options')}>
        {t('options.open')}
      </Button>
      {open === 'key' && <InstallKeyDialog instance={instance} onClose={close} />}
      {open === 'options' && <ConnectionOptionsDialog instance={instance} onClose={close} />}
    </div>
  );
}
