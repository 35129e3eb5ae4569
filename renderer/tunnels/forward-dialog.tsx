/** New port forwarding: a port of the instance, and where it shall be found on this machine. */
import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import classes from './forward-dialog.module.css';
import { PortReason } from './port-offer.tsx';
import { readPort } from './read-port.ts';
import type { UnavailablePort } from './use-tunnel-actions.ts';

interface ForwardDialogProps {
  readonly instanceKey: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ForwardDialog({ opened, ...rest }: ForwardDialogProps) {
  return opened ? <OpenForwardDialog {...rest} /> : null;
}

function OpenForwardDialog({ instanceKey, onClose }: Omit<ForwardDialogProps, 'opened'>) {
  const { t } = useTranslation('tunnels');
  const client = useClient();
  const say = useView().useToasts((toasts) => toasts.say);
  const [remote, setRemote] = useState<string | number>('');
  const [local, setLocal] = useState<string | number>('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const [unavailable, setUnavailable] = useState<UnavailablePort>();

  const remotePort = readPort(remote);
  const localPort = local === '' ? undefined : readPort(local);
  const remoteProblem = remotePort === undefined;
  const localProblem = local !== '' && localPort === undefined;

  const open = async (wanted: number | undefined) => {
    setTried(true);
    if (remotePort === undefined || localProblem) return;
    setBusy(true);
    setFailure(undefined);
    setUnavailable(undefined);
    try {
      const outcome = await client.call('tunnels.open', {
        instance: instanceKey,
        remotePort,
        ...(wanted !== undefined && { localPort: wanted }),
      });
      if (outcome.kind === 'port-unavailable') {
        setUnavailable(outcome);
        return;
      }
      const address = `127.0.0.1:${outcome.tunnel.localPort}`;
      say({ kind: 'done', text: t('forward.done', { address, port: remotePort }) });
      onClose();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  const field = {
    min: 1,
    max: 65_535,
    allowDecimal: false,
    hideControls: true,
    clampBehavior: 'none',
  } as const;
  return (
    <Dialog
      title={t('forward.title')}
      onClose={onClose}
      onSubmit={() => void open(unavailable?.offered ?? localPort)}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="main" submit busy={busy}>
            {unavailable ? t('port.use', { port: unavailable.offered }) : t('forward.submit')}
          </Button>
        </>
      }
    >
      <p className={classes.intro}>{t('forward.intro')}</p>
      <div className={classes.ports}>
        <NumberInput
          {...field}
          label={t('forward.remote')}
          placeholder="8888"
          value={remote}
          error={tried && remoteProblem && t('forward.invalid')}
          data-autofocus
          onChange={(value) => {
            setRemote(value);
            setUnavailable(undefined);
          }}
        />
        <NumberInput
          {...field}
          label={t('forward.local')}
          description={t('forward.localHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={remotePort === undefined ? '' : String(remotePort)}
          value={local}
          error={tried && localProblem && t('forward.invalid')}
          onChange={(value) => {
            setLocal(value);
            setUnavailable(undefined);
          }}
        />
      </div>
      {unavailable && (
        <p className={classes.offer} role="alert">
          <PortReason outcome={unavailable} />
        </p>
      )}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
