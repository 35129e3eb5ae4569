/** Actions that have a dialog of their own instead of the generated form, by action id: never by cloud. */
import type { ComponentType } from 'react';
import { CreateWizard } from '../create/create-wizard.tsx';
import { ReleaseWizard } from './lifecycle/release-wizard.tsx';
import { TakeSnapshotWizard } from './lifecycle/take-snapshot-wizard.tsx';
import { AddServersWizard } from './servers/add-servers-wizard.tsx';
import { EditServerWizard } from './servers/edit-server-wizard.tsx';
import type { WizardProps } from './wizard-props.ts';

export const wizards: Readonly<Record<string, ComponentType<WizardProps>>> = {
  'add-servers': AddServersWizard,
  'create-instance': CreateWizard,
  'edit-server': EditServerWizard,
  release: ReleaseWizard,
  'take-snapshot': TakeSnapshotWizard,
};
