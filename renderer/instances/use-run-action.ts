/** Runs an action of a cloud, through the vault's gate when it keeps a secret. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ActionOutcome } from '../../preload/contract/actions.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { useTextRef } from '../ui/texts.ts';
import type { ActionStart } from './action-flow.ts';
import { useActionLabel } from './use-action-label.ts';

export type DoneOutcome = Extract<ActionOutcome, { readonly kind: 'done' }>;

/** @throws (the returned function) CloudError; `cancelled` when the operator left the vault closed */
export function useRunAction(): (start: ActionStart, input: unknown) => Promise<DoneOutcome> {
  const client = useClient();
  const { useVaultGate } = useView();
  const queries = useQueryClient();
  return async ({ account, description, instance }, input) => {
    const outcome = await useVaultGate.getState().pass(() =>
      client.call('actions.run', {
        account: account.id,
        action: description.id,
        ...(instance && { instance: instance.key }),
        input,
      }),
    );
    for (const about of ['instances.detail', 'ssh.options', 'ssh.outside']) {
      void queries.invalidateQueries({ queryKey: [about, instance?.key] });
    }
    return outcome.kind === 'started' ? asJob : outcome;
  };
}

/** What there is to say of an action that goes on as a job. */
const asJob: DoneOutcome = { kind: 'done', facts: [{ id: 'job-started' }], created: [] };

/** What there is to say when an action has ended: on what, and what the core found worth telling. */
export function useOutcomeText(): (start: ActionStart, outcome: DoneOutcome) => string {
  const { t } = useTranslation();
  const word = useTextRef();
  const actionLabel = useActionLabel();
  return ({ account, description, instance }, { facts }) => {
    const target = (instance?.name ?? account.name).slice(0, 80);
    const done = t('instances:done', {
      action: actionLabel(description.id),
      target,
    });
    return [done, ...facts.map((fact) => word('facts', fact))].join(' · ');
  };
}
