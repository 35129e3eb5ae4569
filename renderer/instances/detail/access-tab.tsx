/** How to get in: SSH on port 22, the ports its cloud forwards, JupyterLab and other ports brought to this machine. */
import { useTranslation } from 'react-i18next';
import type { Instance, InstanceDetail } from '../../../preload/contract/instances.ts';
import { useStores } from '../../client/context.ts';
import { InstanceTunnels } from '../../tunnels/instance-tunnels.tsx';
import { useTunnelTools } from '../../tunnels/tunnel-tools.ts';
import { useOpenJupyter } from '../../tunnels/use-open-jupyter.ts';
import { Button } from '../../ui/button.tsx';
import { ConsoleNote } from '../../ui/console-note.tsx';
import { plainly } from '../../ui/plain-text.tsx';
import classes from './access-tab.module.css';
import { Block } from './detail-block.tsx';
import { PortsBlock } from './ports-block.tsx';
import { SshBlock } from './ssh-block.tsx';

const longestAlias = 80;

interface AccessTabProps {
  readonly instance: Instance;
  readonly detail: InstanceDetail | undefined;
}

export function AccessTab({ instance, detail }: AccessTabProps) {
  const { t } = useTranslation('instances');
  if (!instance.ssh) {
    return (
      <p className={classes.none}>
        {instance.follows === undefined
          ? t('access.none')
          : t('ssh:way.gone', { alias: plainly(instance.follows, longestAlias) })}
      </p>
    );
  }
  return (
    <>
      <SshBlock instance={instance} detail={detail} />
      <CloudPorts instance={instance} />
      <LocalBlock instance={instance} />
    </>
  );
}

/** The ports of the cloud, or that only its console has them; nothing where there is no such thing. */
function CloudPorts({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const account = useStores().accounts(({ byKey }) => byKey.get(instance.account));
  if (account?.parts.includes('ports')) return <PortsBlock instance={instance} />;
  if (!account?.console?.parts.includes('ports')) return null;
  return (
    <Block title={t('ports.title')}>
      <ConsoleNote what={t('ports.title')} url={account.console.url} />
    </Block>
  );
}

/** What is brought to this machine through SSH, whatever the cloud forwards. */
function LocalBlock({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const openJupyter = useOpenJupyter();
  const ask = useTunnelTools().useDesk((desk) => desk.ask);
  return (
    <Block
      title={t('access.forwarding')}
      tools={
        <>
          <Button look="main" size="row" onClick={() => openJupyter(instance.key)}>
            {t('access.openJupyter')}
          </Button>
          <Button size="row" onClick={() => ask({ kind: 'create', instance: instance.key })}>
            {t('access.forward')}
          </Button>
        </>
      }
    >
      <p className={classes.what}>{t('access.jupyterWhat')}</p>
      <InstanceTunnels instanceKey={instance.key} />
    </Block>
  );
}
