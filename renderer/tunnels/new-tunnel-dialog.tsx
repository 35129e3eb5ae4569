/** A new tunnel: of which kind, between which ports, and what it is called. */
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { InstanceChoice } from './instance-choice.tsx';
import { KindChoice } from './kind-choice.tsx';
import classes from './new-tunnel-dialog.module.css';
import { PortReason } from './port-offer.tsx';
import { ReachFields } from './reach-fields.tsx';
import { RouteLine } from './route-line.tsx';
import { draftEnds } from './tunnel-draft.ts';
import { NameFields, PortFields } from './tunnel-fields.tsx';
import { useNewTunnel } from './use-new-tunnel.ts';

interface NewTunnelDialogProps {
  /** Absent: it is chosen here. */
  readonly instance: string | undefined;
  readonly onClose: () => void;
}

export function NewTunnelDialog({ instance, onClose }: NewTunnelDialogProps) {
  const { t } = useTranslation('tunnels');
  const making = useNewTunnel(instance, onClose);
  const { draft, instanceName, unavailable, failure, busy } = making;
  const ends = draftEnds(draft);
  return (
    <Dialog
      title={t('create.title')}
      subtitle={instance !== undefined && <PlainText text={instanceName} soft />}
      widthPx={560}
      onClose={onClose}
      onSubmit={() => void making.open(unavailable?.offered)}
      footer={
        <>
          <span className={classes.preview} aria-live="polite">
            {ends && instanceName !== '' && <RouteLine tunnel={ends} instanceName={instanceName} />}
          </span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" submit busy={busy}>
            {unavailable ? t('port.use', { port: unavailable.offered }) : t('create.submit')}
          </Button>
        </>
      }
    >
      <KindChoice kind={draft.kind} onChoose={(kind) => making.change({ kind })} />
      {instance === undefined && (
        <InstanceChoice
          chosen={draft.instance}
          problem={making.problems.instance && t(`create.problems.${making.problems.instance}`)}
          onChoose={(chosen) => making.change({ instance: chosen })}
        />
      )}
      <PortFields making={making} />
      {unavailable && (
        <div className={classes.offer} role="alert">
          <PortReason outcome={unavailable} />
        </div>
      )}
      <NameFields making={making} />
      <details className={classes.more}>
        <summary>{t('create.more')}</summary>
        <ReachFields making={making} />
      </details>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
