/** Starts an action: asks first where there is something to ask, else runs it at once and says how it went. */
import { CloudError } from '../../preload/contract/errors.ts';
import { useView } from '../shell/view-context.ts';
import { schemaFields } from '../ui/schema-fields.ts';
import type { ActionStart } from './action-flow.ts';
import { useActionLabel } from './use-action-label.ts';
import { useOutcomeText, useRunAction } from './use-run-action.ts';
import { wizards } from './wizards.ts';

export function useStartAction(): (start: ActionStart) => void {
  const actionLabel = useActionLabel();
  const { useActionFlow, useToasts } = useView();
  const run = useRunAction();
  const outcomeText = useOutcomeText();
  return (action) => {
    const { description } = action;
    const { start, setRunning } = useActionFlow.getState();
    const { say } = useToasts.getState();
    const asks =
      wizards[description.id] !== undefined ||
      description.confirm ||
      schemaFields(description.input).length > 0;
    if (asks) {
      start(action);
      return;
    }
    setRunning(action, true);
    void run(action, {})
      .then(
        (outcome) => say({ kind: 'done', text: outcomeText(action, outcome) }),
        (error: unknown) => {
          if (!(error instanceof CloudError)) throw error;
          if (error.code === 'cancelled') return;
          const title = actionLabel(description.id);
          say({ kind: 'failed', title, failure: error });
        },
      )
      .finally(() => setRunning(action, false));
  };
}
