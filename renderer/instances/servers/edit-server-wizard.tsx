/** Changes one server: the form it was added with, filled with what is known of it. */
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { Fact, Instance } from '../../../preload/contract/instances.ts';
import { useInstanceDetail } from '../../client/queries.ts';
import { useView } from '../../shell/view-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { useOutcomeText, useRunAction } from '../use-run-action.ts';
import type { WizardProps } from '../wizard-props.ts';
import { draftOfInstance, problemsOf, toServerForm } from './server-draft.ts';
import { ServerFields } from './server-fields.tsx';

export function EditServerWizard(props: WizardProps) {
  const { instance } = props.start;
  return instance ? <EditInstance {...props} instance={instance} /> : null;
}

type EditProps = WizardProps & { readonly instance: Instance };

function EditInstance(props: EditProps) {
  const { t } = useTranslation('instances');
  const { data, error, refetch } = useInstanceDetail(props.instance);
  if (data) return <EditForm {...props} config={data.config} />;
  return (
    <Dialog title={t('edit.title')} widthPx={600} onClose={props.onClose}>
      {error && <FailureNote failure={error} onRetry={() => void refetch()} />}
    </Dialog>
  );
}

function EditForm({
  start,
  onClose,
  instance,
  config,
}: EditProps & { readonly config: readonly Fact[] }) {
  const { t } = useTranslation('instances');
  const { say } = useView().useToasts.getState();
  const runAction = useRunAction();
  const outcomeText = useOutcomeText();
  const [draft, setDraft] = useState(() => draftOfInstance(instance, config));
  const [hadKey] = useState(draft.login === 'stored-key');
  const [forgetSecrets, setForgetSecrets] = useState(false);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const problems = problemsOf(draft, hadKey && !forgetSecrets);

  const submit = async () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const outcome = await runAction(start, { ...toServerForm(draft), forgetSecrets });
      say({ kind: 'done', text: outcomeText(start, outcome) });
      onClose();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('edit.title')}
      subtitle={<PlainText text={instance.name} />}
      widthPx={600}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={<DialogButtons submitLabel={t('common:save')} busy={busy} onCancel={onClose} />}
    >
      <ServerFields
        draft={draft}
        problems={tried ? problems : {}}
        onChange={setDraft}
        keepsSecrets={!forgetSecrets}
      />
      <Switch
        size="xs"
        label={t('edit.forgetSecrets')}
        checked={forgetSecrets}
        onChange={({ currentTarget }) => setForgetSecrets(currentTarget.checked)}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
