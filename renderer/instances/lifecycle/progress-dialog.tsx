/** What became of an action that goes on as a job; closing the dialog leaves it to the background. */
import { useTranslation } from 'react-i18next';
import type { Job } from '../../../preload/contract/jobs.ts';
import { isLive } from '../../jobs/job-states.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import type { ActionStart } from '../action-flow.ts';
import { useActionLabel } from '../use-action-label.ts';
import { JobProgress } from './job-progress.tsx';

interface ProgressDialogProps {
  readonly start: ActionStart;
  readonly job: Job | undefined;
  readonly onClose: () => void;
}

export function ProgressDialog({ start, job, onClose }: ProgressDialogProps) {
  const { t } = useTranslation();
  const actionLabel = useActionLabel();
  const { description, instance, account } = start;
  const ended = job !== undefined && !isLive(job);
  return (
    <Dialog
      title={actionLabel(description.id)}
      subtitle={<PlainText text={instance?.name ?? account.name} strong />}
      widthPx={540}
      onClose={onClose}
      footer={
        <Button look={ended ? 'main' : 'plain'} onClick={onClose} data-autofocus>
          {t(ended ? 'done' : 'lifecycle:progress.close')}
        </Button>
      }
    >
      <JobProgress job={job} />
    </Dialog>
  );
}
