/** Actions that have a dialog of their own instead of the generated form, by action id: never by cloud. */
import type { ComponentType } from 'react';
import { CreateWizard } from '../create/create-wizard.tsx';
import type { ActionStart } from './action-flow.ts';
import { ReleaseWizard } from './lifecycle/release-wizard.tsx';
import { TakeSnapshotWizard } from './lifecycle/take-snapshot-wizard.tsx';
import { AddServersWizard } from './servers/add-servers-wizard.tsx';
import { EditServerWizard } from './servers/edit-server-wizard.tsx';

export interface WizardProps {
  readonly start: ActionStart;
  readonly onClose: () => void;
}

export const wizards: Readonly<Record<string, ComponentType<WizardProps>>> = {
  'add-servers': AddServersWizard,
  'create-instance': CreateWizard,
  'edit-server': EditServerWizard,
  release: ReleaseWizard,
  'take-snapshot': TakeSnapshotWizard,
};
