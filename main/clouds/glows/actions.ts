/** What may be done at Glows.ai, when, and why not (seed: glows-my-instance). */
import { z } from 'zod';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { State } from '../../../preload/contract/instances.ts';
import {
  type Action,
  action,
  all,
  type InstanceTarget,
  no,
  ok,
  settled,
  type Verdict,
} from '../cloud.ts';
import type { ReadyClient } from './client.ts';
import { type CreateInput, createInput } from './create-input.ts';
import { createPlan } from './create-plan.ts';
import { glowsNameSchema } from './glows-name.ts';
import { releasePlan, snapshotPlan } from './snapshot-plan.ts';

const snapshotInput = z.strictObject({ name: glowsNameSchema, release: z.boolean() });
const noInput = z.strictObject({});
/** Both actions are offered when Running only; in Snapshotting and Released none is (rows A1, A11). */
function running(state: State): Verdict {
  const only = state.kind === 'running' ? ok : no('glows-only-running', { state: state.word });
  return all(settled(state), only);
}

export function accountActions(account: string, client: ReadyClient): readonly Action<null>[] {
  return [
    action<null, CreateInput>({
      id: 'create-instance',
      target: 'account',
      weight: 'primary',
      confirm: false,
      consequences: [],
      choices: {},
      allowed: () => ok,
      input: createInput,
      job: (_target, input) => createPlan(account, client, input),
    }),
  ];
}

export function instanceActions(client: ReadyClient): readonly Action<InstanceTarget>[] {
  return [
    action<InstanceTarget, z.infer<typeof snapshotInput>>({
      id: 'take-snapshot',
      target: 'instance',
      weight: 'normal',
      confirm: true,
      consequences: [
        { id: 'glows-snapshot-interrupts' },
        { id: 'glows-snapshot-without-datadrive' },
        { id: 'glows-snapshot-needs-storage' },
      ],
      choices: {},
      allowed: ({ instance }) => running(instance.state),
      input: snapshotInput,
      endsInstance: (input) => input?.release === true,
      job: (instance, input) => snapshotPlan(client, targetId(instance), input),
    }),
    action<InstanceTarget, Record<string, never>>({
      id: 'release',
      target: 'instance',
      weight: 'danger',
      confirm: true,
      consequences: [{ id: 'glows-release-deletes' }, { id: 'glows-release-is-data-saved' }],
      choices: {},
      allowed: ({ instance }) => running(instance.state),
      input: noInput,
      endsInstance: () => true,
      job: (instance) => releasePlan(client, targetId(instance)),
    }),
  ];
}

function targetId(instance: string | undefined): string {
  if (instance === undefined) throw new CloudError('invalid', 'an instance is needed');
  return instance;
}
