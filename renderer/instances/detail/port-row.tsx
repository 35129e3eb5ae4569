/** One port forwarded by the cloud: Link, Open, Copy, Edit where it may be, Delete. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { PortForwarding } from '../../../preload/contract/ports.ts';
import { useClient } from '../../client/context.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { allowedPage, openPage } from '../../ui/open-page.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import classes from './access-tab.module.css';
import { Block, Line } from './detail-block.tsx';
import { portAddress } from './port-address.ts';

interface PortRowProps {
  readonly port: PortForwarding;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

export function PortRow({ port, onEdit, onDelete }: PortRowProps) {
  const { t } = useTranslation('instances');
  const client = useClient();
  const [failure, setFailure] = useState<CloudError>();
  const address = portAddress(port);
  const page = address?.isPage ? allowedPage(address.text) : undefined;
  const open = () => {
    setFailure(undefined);
    if (!page) return;
    void openPage(client, page.href).catch((error: unknown) => {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    });
  };
  return (
    <Block
      title={t(port.protocol === 'https' ? 'ports.http' : 'ports.tcp', { port: port.port })}
      tools={
        <>
          {page && (
            <Button look="main" size="row" onClick={open}>
              {t('ports.openPage')}
            </Button>
          )}
          {address && <CopyButton text={address.text} label={t('ports.copy')} />}
          {port.editable && (
            <>
              <Button size="row" onClick={onEdit}>
                {t('ports.edit')}
              </Button>
              <Button size="row" look="danger" onClick={onDelete}>
                {t('ports.delete')}
              </Button>
            </>
          )}
        </>
      }
    >
      <Line label={t(page ? 'ports.link' : 'ports.address')}>
        {!address && <span className={classes.soft}>{t('ports.placing')}</span>}
        {address && !page && <PlainText text={address.text} mono />}
        {page && (
          <a
            className={classes.link}
            href={page.href}
            onClick={(event) => {
              event.preventDefault();
              open();
            }}
          >
            <PlainText text={page.href} mono />
          </a>
        )}
      </Line>
      {port.servicePort !== undefined && (
        <Line label={t('access.port')}>
          <span className="mono">{port.servicePort}</span>
        </Line>
      )}
      {failure && <FailureNote failure={failure} />}
    </Block>
  );
}
