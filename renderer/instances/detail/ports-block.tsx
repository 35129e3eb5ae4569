/** Ports the cloud makes reachable from outside: each with its address, and a way to add one. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import type { PortForwarding } from '../../../preload/contract/ports.ts';
import { usePorts } from '../../client/queries.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import classes from './access-tab.module.css';
import { DeletePortDialog } from './delete-port-dialog.tsx';
import { Block } from './detail-block.tsx';
import { sortPorts } from './port-address.ts';
import { PortDialog } from './port-dialog.tsx';
import { PortRow } from './port-row.tsx';

/** Which dialog is open, and on what. */
type Asking =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit' | 'delete'; readonly port: PortForwarding };

export function PortsBlock({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instances');
  const { data, error, refetch } = usePorts(instance.key);
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const ports = sortPorts(data ?? []);
  return (
    <>
      {error && (
        <Block title={t('ports.title')}>
          <FailureNote failure={error} onRetry={() => void refetch()} />
        </Block>
      )}
      {ports.map((port) => (
        <PortRow
          key={port.id}
          port={port}
          onEdit={() => setAsking({ kind: 'edit', port })}
          onDelete={() => setAsking({ kind: 'delete', port })}
        />
      ))}
      {data && (
        <Block
          title={t('ports.title')}
          tools={
            <Button size="row" onClick={() => setAsking({ kind: 'add' })}>
              {t('ports.new')}
            </Button>
          }
        >
          <p className={classes.what}>{t(ports.length === 0 ? 'ports.none' : 'ports.what')}</p>
        </Block>
      )}
      {asking?.kind === 'add' && <PortDialog instance={instance} onClose={close} />}
      {asking?.kind === 'edit' && (
        <PortDialog instance={instance} port={asking.port} onClose={close} />
      )}
      {asking?.kind === 'delete' && (
        <DeletePortDialog instance={instance} port={asking.port} onClose={close} />
      )}
    </>
  );
}
