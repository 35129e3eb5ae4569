/** What a dialog of an action's own is given. */
import type { ActionStart } from './action-flow.ts';

export interface WizardProps {
  readonly start: ActionStart;
  readonly onClose: () => void;
}
