/** A new instance: from what, on which hardware, how it is reached, and what it will cost. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameRules } from '../instances/name-rules.ts';
import type { WizardProps } from '../instances/wizard-props.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { type CreateDraft, emptyDraft, settle } from './create-draft.ts';
import { toCreateInput } from './create-input.ts';
import { isOrderable, problemsOf } from './create-problems.ts';
import { readStart } from './create-start.ts';
import { CreateSummary } from './create-summary.tsx';
import classes from './create-wizard.module.css';
import { ExtrasSection } from './extras-section.tsx';
import { HardwareSection } from './hardware-section.tsx';
import { SourceSection } from './source-section.tsx';
import { useCatalogue } from './use-catalogue.ts';
import { useCheckout } from './use-checkout.ts';
import { useWatchStock } from './use-watch-stock.ts';

const widthPx = 1160;

export function CreateWizard({ start, onClose }: WizardProps) {
  const { t } = useTranslation('create');
  const { account } = start;
  const { say } = useView().useToasts.getState();
  const catalogue = useCatalogue(account);
  const offered = { hardware: catalogue.hardware.data, drives: catalogue.drives.data };
  const [typed, setDraft] = useState(() => emptyDraft(readStart(start.draft)));
  const [tried, setTried] = useState(false);
  const draft = settle(typed, offered);
  const names = nameRules(start.description.input);
  const problems = problemsOf(draft, offered, names);
  const change = (part: Partial<CreateDraft>) => setDraft({ ...draft, ...part });
  const checkout = useCheckout(start, () => {
    say({ kind: 'done', text: t('ordered', { name: draft.name.trim() }) });
    onClose();
  });
  const watch = useWatchStock(start, onClose);

  const submit = () => {
    setTried(true);
    if (isOrderable(problems)) checkout.order(toCreateInput(draft, offered));
  };
  const section = { draft, problems, names, tried, onChange: change, account, catalogue };

  return (
    <Dialog
      title={t('title')}
      subtitle={<PlainText text={account.name} />}
      widthPx={widthPx}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          {tried && !isOrderable(problems) && (
            <p className={classes.problem} role="alert">
              {t('seeAbove')}
            </p>
          )}
          <Button onClick={onClose}>{checkout.busy ? t('close') : t('common:cancel')}</Button>
          <Button look="main" submit busy={checkout.busy}>
            {t('checkout')}
          </Button>
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.sections}>
          <SourceSection {...section} />
          <HardwareSection
            {...section}
            watched={watch.watched}
            onTell={(spec) => watch.tell(spec, draft.units)}
            onCreateLater={(spec) => {
              setTried(true);
              const waiting = { ...draft, region: spec.region, hardware: spec.name };
              if (isOrderable(problemsOf(waiting, offered, names), ['hardware', 'units'])) {
                watch.createLater(spec, toCreateInput(waiting, offered));
              }
            }}
          />
          <ExtrasSection {...section} />
        </div>
        <div className={classes.side}>
          <CreateSummary {...section} />
          {checkout.failure && <FailureNote failure={checkout.failure} />}
        </div>
      </div>
    </Dialog>
  );
}
