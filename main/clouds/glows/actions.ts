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
import type { ReadyClient } from './cloud.ts';
import { createPlan } from './create-plan.ts';
import { glowsNameSchema } from './glows-name.ts';
import { releasePlan, snapshotPlan } from './snapshot-plan.ts';

const snapshotInput = z.strictObject({ name: glowsNameSchema, release: z.boolean() });
const noInput = z.strictObject({});
/** The published API names no limits; these keep a request small. */
const mostPorts = 18;
const mostVariables = 100;

/** Names as a shell takes them; `;` parts one variable from the next in what the API takes. */
const environmentSchema = z
  .record(z.string().min(1).max(128), z.string().max(4096))
  .refine((variables) => Object.keys(variables).length <= mostVariables, {
    error: 'rule:environment-too-large',
  })
  .refine((variables) => Object.keys(variables).every((name) => /^[A-Za-z_]\w*$/.test(name)), {
    error: 'rule:environment-name-invalid',
  })
  .refine((variables) => Object.values(variables).every((value) => !/[;\0\r\n]/.test(value)), {
    error: 'rule:environment-value-invalid',
  });

const createInput = z.strictObject({
  name: glowsNameSchema,
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('image'), id: z.string().min(1).max(64) }),
    z.strictObject({ kind: z.literal('snapshot'), id: z.string().min(1).max(64) }),
  ]),
  hardware: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('gpu'), name: z.string().min(1).max(128) }),
    z.strictObject({ kind: z.literal('cpu'), name: z.string().min(1).max(128) }),
  ]),
  region: z.string().min(1).max(32),
  units: z.int().min(1).max(64),
  /** Can be mounted at creation only. */
  dataDrive: z.strictObject({ id: z.string().min(1).max(64), readOnly: z.boolean() }).optional(),
  /** Besides those that every instance has. */
  ports: z
    .array(z.strictObject({ port: z.int().min(1).max(65_535), protocol: z.enum(['tcp', 'https']) }))
    .max(mostPorts)
    .optional(),
  environment: environmentSchema.optional(),
});
export type CreateInput = z.infer<typeof createInput>;

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
