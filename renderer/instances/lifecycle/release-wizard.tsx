/** Release: what is lost, what stops, and the way out through a snapshot; then how far it is. */
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useView } from '../../shell/view-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useTextRef } from '../../ui/texts.ts';
import { useOffers } from '../use-offers.ts';
import type { WizardProps } from '../wizard-props.ts';
import { Consequences } from './consequences.tsx';
import { LiveWork } from './live-work.tsx';
import { ProgressDialog } from './progress-dialog.tsx';
import { type SnapshotDraft, snapshotActionId } from './snapshot-draft.ts';
import { useStartJob } from './use-start-job.ts';

export function ReleaseWizard({ start, onClose }: WizardProps) {
  const { t } = useTranslation('lifecycle');
  const job = useStartJob(start);
  const { instance } = start;
  if (!instance) return null;
  if (job.started) return <ProgressDialog start={start} job={job.job} onClose={onClose} />;
  return (
    <Dialog
      title={t('release.title')}
      subtitle={<PlainText text={instance.name} strong />}
      widthPx={540}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('common:cancel')}
          </Button>
          <SnapshotFirst instance={instance} />
          <Button look="danger" busy={job.busy} onClick={() => job.start({})}>
            {t('release.submit')}
          </Button>
        </>
      }
    >
      <Consequences of={start.description.consequences} danger />
      <LiveWork instanceKey={instance.key} fate="closes" />
      {job.failure && <FailureNote failure={job.failure} />}
    </Dialog>
  );
}

/** To the snapshot's own wizard, with release ticked; not there where the cloud has no snapshots. */
function SnapshotFirst({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('lifecycle');
  const word = useTextRef();
  const start = useView().useActionFlow((flow) => flow.start);
  const offer = useOffers()
    .ofInstance(instance)
    .find(({ description }) => description.id === snapshotActionId);
  if (!offer) return null;
  const { account, description, rule } = offer;
  const draft: SnapshotDraft = { release: true };
  return (
    <Button
      reason={rule && word('rules', rule)}
      onClick={() => start({ account, description, instance, draft })}
    >
      {t('snapshot.submitRelease')}
    </Button>
  );
}
