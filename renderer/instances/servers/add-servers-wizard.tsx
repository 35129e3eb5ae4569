/** Adds servers: paste SSH commands, say what each is, then see whether each answers. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TunnelOffers } from '../../tunnels/tunnel-offers.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { WizardProps } from '../wizard-props.ts';
import { CheckServers } from './check-servers.tsx';
import { FollowedStep } from './followed-step.tsx';
import { ImportStep } from './import-step.tsx';
import { PasteBox, useParsedCommands } from './paste-box.tsx';
import { draftsOf, emptyDraft, offersOf, type ServerDraft } from './server-draft.ts';
import { ServersStep } from './servers-step.tsx';
import { WizardSteps } from './wizard-steps.tsx';

/** What the first run may have brought along. */
export interface AddServersDraft {
  readonly servers: readonly ServerDraft[];
  /** Begins with the hosts of OpenSSH's configuration. */
  readonly fromConfig?: true;
}

type Step =
  | { readonly at: 'paste' }
  | { readonly at: 'import' }
  | { readonly at: 'followed'; readonly created: readonly string[] }
  | { readonly at: 'servers' }
  | { readonly at: 'check'; readonly created: readonly string[] };

export function AddServersWizard({ start, onClose }: WizardProps) {
  const { t } = useTranslation('instances');
  const { servers: brought = [], fromConfig } = (start.draft ?? {}) as Partial<AddServersDraft>;
  const first = brought.length > 0 ? 'servers' : fromConfig ? 'import' : 'paste';
  const [step, setStep] = useState<Step>({ at: first });
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
          onImport={() => setStep({ at: 'import' })}
          onNext={(servers) => {
            setDrafts(servers);
            setStep({ at: 'servers' });
          }}
        />
      );
    case 'import':
      return (
        <ImportStep
          {...common}
          onBack={() => setStep({ at: 'paste' })}
          onCreated={(created) => setStep({ at: 'followed', created })}
        />
      );
    case 'followed':
      return (
        <FollowedStep
          count={step.created.length}
          onCheck={() => setStep({ at: 'check', created: step.created })}
          onClose={onClose}
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
          <TunnelOffers offers={offersOf(drafts, step.created)} />
        </Dialog>
      );
  }
}

interface PasteStepProps {
  readonly onClose: () => void;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onImport: () => void;
  readonly onNext: (drafts: readonly ServerDraft[]) => void;
}

function PasteStep({ onClose, text, onText, onImport, onNext }: PasteStepProps) {
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
          <Button look="quiet" onClick={onImport}>
            {t('ssh:import.open')}
          </Button>
          <Button look="quiet" onClick={() => onNext([emptyDraft(0)])}>
            {t('add.byForm')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            look="main"
            disabled={!parsed.isSettled}
            reason={parsed.isSettled && drafts.length === 0 ? t('add.pasteFirst') : undefined}
            onClick={next}
          >
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
