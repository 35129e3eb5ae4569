/** The step of the wizard that says what each server is, and writes them down. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import type { WizardProps } from '../wizard-props.ts';
import { DraftList } from './draft-list.tsx';
import { problemsOf, type ServerDraft } from './server-draft.ts';
import { useAddServers } from './use-add-servers.ts';
import { WizardSteps } from './wizard-steps.tsx';

interface ServersStepProps extends WizardProps {
  readonly drafts: readonly ServerDraft[];
  readonly onDrafts: (drafts: readonly ServerDraft[]) => void;
  readonly onBack: () => void;
  readonly onCreated: (keys: readonly string[]) => void;
}

export function ServersStep({
  start,
  onClose,
  drafts,
  onDrafts,
  onBack,
  onCreated,
}: ServersStepProps) {
  const { t } = useTranslation('instances');
  const [tried, setTried] = useState(false);
  const [opened, setOpened] = useState(drafts[0]?.id);
  const { busy, failure, add } = useAddServers(start, onCreated);
  const wrong = drafts.filter((draft) => Object.keys(problemsOf(draft)).length > 0);
  const submit = () => {
    setTried(true);
    const [first] = wrong;
    if (!first) add(drafts);
    else if (!wrong.some(({ id }) => id === opened)) setOpened(first.id);
  };

  return (
    <Dialog
      title={t('add.title')}
      widthPx={600}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button look="quiet" onClick={onBack}>
            {t('common:back')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" submit busy={busy}>
            {t('add.submit', { count: drafts.length })}
          </Button>
        </>
      }
    >
      <WizardSteps at="servers" />
      <DraftList
        drafts={drafts}
        opened={opened}
        showProblems={tried}
        onOpen={setOpened}
        onChange={onDrafts}
      />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
