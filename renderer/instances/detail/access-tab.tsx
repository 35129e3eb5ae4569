/** How to get in: SSH on port 22, JupyterLab on port 8888, and any other port forwarded to this machine. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance, InstanceDetail } from '../../../preload/contract/instances.ts';
import { useOpenTerminal } from '../../terminal/use-open-terminal.ts';
import { ForwardDialog } from '../../tunnels/forward-dialog.tsx';
import { InstanceTunnels } from '../../tunnels/instance-tunnels.tsx';
import { useOpenJupyter } from '../../tunnels/use-open-jupyter.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import classes from './access-tab.module.css';
import { Block, Line } from './detail-block.tsx';

interface AccessTabProps {
  readonly instance: Instance;
  readonly detail: InstanceDetail | undefined;
}

export function AccessTab({ instance, detail }: AccessTabProps) {
  if (!instance.ssh) return <NoAccess />;
  return (
    <>
      <SshBlock instance={instance} detail={detail} />
      <JupyterBlock instance={instance} />
      <ForwardBlock instance={instance} />
    </>
  );
}

function NoAccess() {
  const { t } = useTranslation('instances');
  return <p className={classes.none}>{t('access.none')}</p>;
}

function SshBlock({ instance, detail }: AccessTabProps) {
  const { t } = useTranslation('instances');
  const openTerminal = useOpenTerminal();
  const { ssh } = instance;
  return (
    <Block
      title={t('access.ssh')}
      tools={
        <Button look="main" size="row" onClick={() => openTerminal(instance.key)}>
          {t('terminal')}
        </Button>
      }
    >
      <Line label={t('access.command')}>
        {detail?.sshCommand && (
          <>
            <code className={classes.command}>
              <PlainText text={detail.sshCommand} />
            </code>
            <CopyButton text={detail.sshCommand} label={t('access.copyCommand')} />
          </>
        )}
      </Line>
      <Line label={t('access.port')}>
        <span className="mono">{ssh?.port}</span>
      </Line>
      <Line label={t('access.user')}>
        <PlainText text={ssh?.user ?? ''} mono />
      </Line>
      <Line label={t('access.hostKeys')}>
        {detail?.hostKeys.length === 0 && (
          <span className={classes.soft}>{t('access.noHostKeys')}</span>
        )}
        <span className={classes.keys}>
          {detail?.hostKeys.map(({ type, fingerprint }) => (
            <span key={fingerprint} className={classes.key} title={`${type} ${fingerprint}`}>
              <b>{type}</b>
              <br />
              <code>{fingerprint}</code>
            </span>
          ))}
        </span>
      </Line>
    </Block>
  );
}

function JupyterBlock({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const openJupyter = useOpenJupyter();
  return (
    <Block
      title={t('access.http')}
      note={t('access.jupyterLab')}
      tools={
        <Button look="main" size="row" onClick={() => openJupyter(instance.key)}>
          {t('access.openJupyter')}
        </Button>
      }
    >
      <p className={classes.what}>{t('access.jupyterWhat')}</p>
    </Block>
  );
}

function ForwardBlock({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const [asking, setAsking] = useState(false);
  return (
    <Block
      title={t('access.forwarding')}
      tools={
        <Button size="row" onClick={() => setAsking(true)}>
          {t('access.forward')}
        </Button>
      }
    >
      <InstanceTunnels instanceKey={instance.key} />
      <ForwardDialog instanceKey={instance.key} opened={asking} onClose={() => setAsking(false)} />
    </Block>
  );
}
