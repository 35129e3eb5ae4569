/** Take Snapshot: a name, whether to release afterwards, what it means for the work at hand; then how far it is. */
import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instance } from '../../../preload/contract/instances.ts';
import { useStores } from '../../client/context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { nameProblem, nameRules } from '../name-rules.ts';
import type { WizardProps } from '../wizard-props.ts';
import { Consequences } from './consequences.tsx';
import classes from './lifecycle.module.css';
import { LiveWork } from './live-work.tsx';
import { ProgressDialog } from './progress-dialog.tsx';
import { readSnapshotDraft } from './snapshot-draft.ts';
import { suggestName } from './snapshot-name.ts';
import { StorageNote } from './storage-note.tsx';
import { type StartJob, useStartJob } from './use-start-job.ts';
import { useStorage } from './use-storage.ts';

export function TakeSnapshotWizard({ start, onClose }: WizardProps) {
  const job = useStartJob(start);
  const { instance } = start;
  if (!instance) return null;
  if (job.started) return <ProgressDialog start={start} job={job.job} onClose={onClose} />;
  return <SnapshotForm start={start} onClose={onClose} instance={instance} job={job} />;
}

interface SnapshotFormProps extends WizardProps {
  readonly instance: Instance;
  readonly job: StartJob;
}

function SnapshotForm({ start, onClose, instance, job }: SnapshotFormProps) {
  const { t } = useTranslation('lifecycle');
  const [today] = useState(() => new Date());
  const [typed, setTyped] = useState<string>();
  const isLocked = useStores().instances(({ byKey }) => byKey.get(instance.key)?.locked === true);
  const [wantsRelease, setWantsRelease] = useState(() => readSnapshotDraft(start.draft).release);
  const release = wantsRelease && !isLocked;
  const storage = useStorage(instance);
  const rules = nameRules(start.description.input);
  const suggested = suggestName(instance.name, today, storage.takenNames, rules.maxLength);
  const name = typed ?? suggested;
  const problem = nameProblem(name, rules);
  const verdict = storage.kind === 'read' ? storage.room.verdict : 'enough';
  const noRoom =
    verdict === 'full' || verdict === 'too-small' ? t(`storage.${verdict}`) : undefined;

  return (
    <Dialog
      title={t('snapshot.title')}
      subtitle={<PlainText text={instance.name} strong />}
      widthPx={540}
      onClose={onClose}
      onSubmit={() => {
        if (!problem && !noRoom) job.start({ name, release });
      }}
      footer={
        <DialogButtons
          submitLabel={t(release ? 'snapshot.submitRelease' : 'snapshot.submit')}
          danger={release}
          busy={job.busy}
          reason={noRoom}
          disabled={problem !== undefined || storage.kind === 'reading'}
          onCancel={onClose}
        />
      }
    >
      <TextInput
        size="xs"
        label={t('snapshot.name')}
        value={name}
        error={problem && t(`snapshot.problem.${problem}`, { limit: rules.maxLength })}
        data-autofocus
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div>
        <Checkbox
          size="xs"
          label={t('snapshot.release')}
          checked={release}
          disabled={isLocked}
          onChange={({ currentTarget }) => setWantsRelease(currentTarget.checked)}
        />
        <p className={classes.under} data-danger={release || undefined}>
          {isLocked && `${t('rules:locked-here')} `}
          {t(release ? 'snapshot.willRelease' : 'snapshot.willReturn')}
        </p>
      </div>
      <Consequences of={start.description.consequences} />
      <StorageNote storage={storage} />
      <LiveWork instanceKey={instance.key} fate={release ? 'closes-after' : 'returns'} />
      {job.failure && <FailureNote failure={job.failure} />}
    </Dialog>
  );
}
