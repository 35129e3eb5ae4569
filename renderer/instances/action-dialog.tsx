/** The dialog of the action being asked about: its wizard, or what follows from it and a form of its input. */
import { useState } from 'react';
import { CloudError } from '../../preload/contract/errors.ts';
import { useView } from '../shell/view-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogButtons } from '../ui/dialog-buttons.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { initialValues, schemaFields } from '../ui/schema-fields.ts';
import { SchemaForm } from '../ui/schema-form.tsx';
import { useTextRef } from '../ui/texts.ts';
import classes from './action-dialog.module.css';
import { useActionLabel } from './use-action-label.ts';
import { useOutcomeText, useRunAction } from './use-run-action.ts';
import type { WizardProps } from './wizard-props.ts';
import { wizards } from './wizards.ts';

export function ActionDialog() {
  const { useActionFlow } = useView();
  const current = useActionFlow((state) => state.current);
  const close = useActionFlow((state) => state.close);
  if (!current) return null;
  const Wizard = wizards[current.description.id] ?? ConfirmAction;
  return <Wizard start={current} onClose={close} />;
}

function ConfirmAction({ start, onClose }: WizardProps) {
  const word = useTextRef();
  const actionLabel = useActionLabel();
  const { say } = useView().useToasts.getState();
  const runAction = useRunAction();
  const outcomeText = useOutcomeText();
  const { description, account, instance } = start;
  const fields = schemaFields(description.input);
  const [values, setValues] = useState(() => initialValues(fields));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();
  const label = actionLabel(description.id);
  const danger = description.weight === 'danger';

  const run = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const outcome = await runAction(start, values);
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
      title={label}
      subtitle={<PlainText text={instance?.name ?? account.name} strong />}
      onClose={onClose}
      onSubmit={() => void run()}
      footer={<DialogButtons submitLabel={label} danger={danger} busy={busy} onCancel={onClose} />}
    >
      {description.consequences.length > 0 && (
        <ul className={classes.consequences} data-danger={danger || undefined}>
          {description.consequences.map((consequence) => (
            <li key={consequence.id}>{word('consequences', consequence)}</li>
          ))}
        </ul>
      )}
      <SchemaForm fields={fields} values={values} onChange={setValues} />
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
