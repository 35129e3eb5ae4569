/** Adds servers: paste SSH commands, say what each is, then see whether each answers. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../../preload/contract/errors.ts';
import { useView } from '../../shell/view-context.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useRunAction } from '../use-run-action.ts';
import type { WizardProps } from '../wizards.ts';
import { CheckServers } from './check-servers.tsx';
import { DraftList } from './draft-list.tsx';
import { PasteBox, useParsedCommands } from './paste-box.tsx';
import {
  draftsOf,
  emptyDraft,
  problemsOf,
  type ServerDraft,
  toServerForm,
} from './server-draft.ts';
import { WizardSteps } from './wizard-steps.tsx';

/** What the first run may have brought along. */
export interface AddServersDraft {
  readonly servers: readonly ServerDraft[];
}

type Step =
  | { readonly at: 'paste' }
  | { readonly at: 'servers' }
  | { readonly at: 'check'; readonly created: readonly string[] };

export function AddServersWizard({ start, onClose }: WizardProps) {
  const { t } = useTranslation('instances');
  const brought = (start.draft as AddServersDraft | undefined)?.servers ?? [];
  const [step, setStep] = useState<Step>({ at: brought.length > 0 ? 'servers' : 'paste' });
  const [text, setText] = useState('');
  const [drafts, setDrafts] = useState(brought);
  const common = { start, onClose };

  switch (step.at) {
    case 'paste':
      return (
        <PasteStep
          {...common}
          text={text}
          onText={setText}
          onNext={(servers) => {
            setDrafts(servers);
            setStep({ at: 'servers' });
          }}
        />
      );
    case 'servers':
      return (
        <ServersStep
          {...common}
          drafts={drafts}
          onDrafts={setDrafts}
          onBack={() => setStep({ at: 'paste' })}
          onCreated={(created) => setStep({ at: 'check', created })}
        />
      );
    case 'check':
      return (
        <Dialog
          title={t('add.title')}
          widthPx={600}
          onClose={onClose}
          footer={
            <Button look="main" onClick={onClose} data-autofocus>
              {t('common:done')}
            </Button>
          }
        >
          <WizardSteps at="check" />
          <CheckServers start={start} created={step.created} />
        </Dialog>
      );
  }
}

interface PasteStepProps {
  readonly onClose: () => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onNext: (drafts: readonly ServerDraft[]) => void;
}

function PasteStep({ onClose, text, onText, onNext }: PasteStepProps) {
  const { t } = useTranslation('instances');
  const parsed = useParsedCommands(text);
  const drafts = draftsOf(parsed.commands);
  const next = () => {
    if (drafts.length > 0 && parsed.isSettled) onNext(drafts);
  };
  return (
    <Dialog
      title={t('add.title')}
      widthPx={600}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={() => onNext([emptyDraft(0)])}>
            {t('add.byForm')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="main" disabled={drafts.length === 0 || !parsed.isSettled} onClick={next}>
            {t('add.next', { count: drafts.length })}
          </Button>
        </>
      }
    >
      <WizardSteps at="paste" />
      <p>{t('paste.what')}</p>
      <PasteBox text={text} onChange={onText} parsed={parsed} onSubmit={next} />
    </Dialog>
  );
}

interface ServersStepProps extends WizardProps {
  readonly drafts: readonly ServerDraft[];
  readonly onDrafts: (drafts: readonly ServerDraft[]) => void;
  readonly onBack: () => void;
  readonly onCreated: (keys: readonly string[]) => void;
}

function ServersStep({ start, onClose, drafts, onDrafts, onBack, onCreated }: ServersStepProps) {
  const { t } = useTranslation('instances');
  const { useInstancesView } = useView();
  const runAction = useRunAction();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const hasProblems = drafts.some((draft) => Object.keys(problemsOf(draft)).length > 0);

  const submit = async () => {
    setTried(true);
    if (hasProblems) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const { created } = await runAction(start, { servers: drafts.map(toServerForm) });
      useInstancesView.getState().select(created[0]);
      onCreated(created);
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.code !== 'cancelled') setFailure(error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('add.title')}
      widthPx={600}
      onClose={onClose}
      onSubmit={() => void submit()}
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
      <DraftList drafts={drafts} showProblems={tried} onChange={onDrafts} />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
