/** SSH into an instance: from here, and from other programs of this machine; with what, and how. */
import { useTranslation } from 'react-i18next';
import type { Instance, InstanceDetail } from '../../../preload/contract/instances.ts';
import { useStores } from '../../client/context.ts';
import { useOpenFiles } from '../../files/use-open-files.ts';
import { useConnectionOptions, useOutsideWays } from '../../ssh/queries.ts';
import { SshTools } from '../../ssh/ssh-tools.tsx';
import { SshWay } from '../../ssh/ssh-way.tsx';
import { useTerminalPool } from '../../terminal/terminal-pool-context.tsx';
import { useOpenTerminal } from '../../terminal/use-open-terminal.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import classes from './access-tab.module.css';
import { Block, Line } from './detail-block.tsx';
import { HostKeyLine } from './host-key-line.tsx';
import { PasswordLine } from './password-line.tsx';

interface SshBlockProps {
  readonly instance: Instance;
  readonly detail: InstanceDetail | undefined;
}

export function SshBlock({ instance, detail }: SshBlockProps) {
  const { t } = useTranslation('instances');
  const openTerminal = useOpenTerminal();
  const openFiles = useOpenFiles();
  const { dock } = useTerminalPool();
  const outside = useOutsideWays(instance);
  const { data: options } = useConnectionOptions(instance);
  const { ssh } = instance;
  // Where a cloud forwards ports, its own port 22 is reached by another number.
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account));
  const isForwarded = account?.parts.includes('ports') ?? false;
  const command = outside.data?.command ?? detail?.sshCommand;
  return (
    <Block
      title={t(isForwarded ? 'access.ssh' : 'access.sshDirect')}
      tools={
        <>
          <Button look="main" size="row" onClick={(press) => openTerminal(instance.key, press)}>
            {t('terminal')}
          </Button>
          <Button size="row" onClick={() => openFiles(instance.key)}>
            {t('files:title')}
          </Button>
          <Button size="row" onClick={() => dock.setState({ sessionsOf: instance.key })}>
            {t('terminal:sessions.short')}
          </Button>
        </>
      }
    >
      <Line label={t('access.command')}>
        {command && (
          <>
            <code className={classes.command}>
              <PlainText text={command} />
            </code>
            <CopyButton text={command} label={t('access.copyCommand')} />
          </>
        )}
      </Line>
      <Line label={t(isForwarded ? 'access.port' : 'access.portDirect')}>
        <span className="mono">{ssh?.port}</span>
      </Line>
      <Line label={t('access.user')}>
        <PlainText text={ssh?.user ?? ''} mono />
      </Line>
      <SshWay follows={instance.follows} options={options?.options} />
      {detail?.hasPassword && <PasswordLine instanceKey={instance.key} />}
      <HostKeyLine detail={detail} />
      <SshTools instance={instance} outside={outside} />
    </Block>
  );
}
