/** Calls on actions: describing them as data, and running one behind the same `allowed` that drew its button. */
import { z } from 'zod';
import type { ActionDescription, ActionOutcome } from '../../preload/contract/actions.ts';
import { CloudError, refusal, type TextRef } from '../../preload/contract/errors.ts';
import type { PromptOwner } from '../../preload/contract/prompts.ts';
import type { Action, CloudKind, Step, Verdict } from '../clouds/cloud.ts';
import type { JobPlan, JobRequest, JobStep } from '../core/job-plan.ts';
import type { Jobs } from '../core/jobs.ts';
import type { Handlers } from '../core/router.ts';
import type { Vault } from '../core/vault.ts';
import { allowedHere } from './account-context.ts';
import type { ConnectedAccount } from './connected-account.ts';
import type { Fleet } from './fleet.ts';
import { invalidInput } from './invalid-input.ts';
import type { VaultDoor } from './vault.ts';

export interface ActionParts {
  readonly fleet: Fleet;
  readonly vault: Vault;
  readonly vaultDoor: VaultDoor;
  readonly jobs: Pick<Jobs, 'start' | 'isBusy'>;
}

export function actionHandlers(
  parts: ActionParts,
): Pick<Handlers, 'actions.describe' | 'actions.run'> {
  const { fleet } = parts;
  return {
    'actions.describe': () => {
      const kinds = new Map<string, ConnectedAccount>();
      for (const account of fleet.connected()) kinds.set(account.kind.id, account);
      return [...kinds.values()].flatMap(({ kind, accountActions, instanceActions }) =>
        [...accountActions, ...instanceActions].map((action) => describeAction(kind, action)),
      );
    },
    'actions.run': async ({ account: accountId, action: id, instance: key, input }, signal) => {
      if (key === undefined) {
        const account = fleet.account(accountId);
        const action = findAction(account.accountActions, id);
        const owner: PromptOwner = {
          kind: 'action',
          instance: '',
          name: account.name,
          address: '',
        };
        return run(parts, accountId, action, null, input, owner, signal);
      }
      const { account, target } = fleet.instance(key);
      const action = findAction(account.instanceActions, id);
      const { host = '', port = '' } = target.ssh ?? {};
      const owner: PromptOwner = {
        kind: 'action',
        instance: key,
        name: target.name,
        address: `${host}:${port}`,
      };
      return run(parts, account.id, action, { instance: target }, input, owner, signal);
    },
  };
}

export function describeAction<Target>(
  kind: Pick<CloudKind, 'id'>,
  action: Action<Target>,
): ActionDescription {
  const { id, target, weight, confirm, consequences, choices } = action;
  const input = z.toJSONSchema(action.input, { io: 'input' }) as Record<string, unknown>;
  const endsInstance = action.endsInstance !== undefined;
  return {
    cloud: kind.id,
    id,
    target,
    weight,
    confirm,
    endsInstance,
    consequences,
    input,
    choices,
  };
}

/** The steps of a job's action, from what was written down of it. @throws CloudError when account or action is gone */
export function planJob(
  fleet: Fleet,
  { account, action: id, instance, input }: JobRequest,
): JobPlan {
  const { accountActions, instanceActions } = fleet.account(account);
  const actions: readonly Action<never>[] =
    instance === undefined ? accountActions : instanceActions;
  const action = findAction(actions, id);
  if (!('job' in action)) throw new CloudError('unsupported', `${id} is not a job`);
  const plan = action.job(instance?.slice(account.length + 1), action.input.parse(input));
  const isLocked = () => fleet.instances.get(instance ?? '')?.locked === true;
  return { ...plan, steps: plan.steps.map((step) => unlessLocked(step, isLocked)) };
}

/** A lock counts until the last moment, not only when the job was begun. */
function unlessLocked(step: JobStep, isLocked: () => boolean): JobStep {
  if (!step.endsInstance) return step;
  return {
    ...step,
    async run(context) {
      if (!isLocked()) return step.run(context);
      const found = await step.reconcile?.(context);
      if (found?.kind !== 'done') throw refusal('conflict', 'locked-here');
      return found.outcome;
    },
  };
}

/**
 * Runs an action's steps one after the other, or writes its job down and begins.
 * @throws CloudError conflict with the rule when it is not allowed, invalid when the input is not
 */
async function run<Target>(
  { fleet, vault, vaultDoor, jobs }: ActionParts,
  account: string,
  action: Action<Target>,
  target: Target,
  input: unknown,
  owner: PromptOwner,
  signal: AbortSignal,
): Promise<ActionOutcome> {
  refuseUnless(action.allowed(target));
  const parsed = action.input.safeParse(input);
  if (!parsed.success) throw invalidInput(parsed.error);
  const locked = fleet.instances.get(owner.instance)?.locked === true;
  refuseUnless(allowedHere(action, target, locked, parsed.data));
  if (action.savesSecret?.(parsed.data)) {
    if (!vault.isSetUp()) return { kind: 'needs-vault' };
    await vaultDoor.open(owner, signal);
  }
  if ('job' in action) {
    const instance = owner.instance === '' ? undefined : owner.instance;
    if (instance && jobs.isBusy(instance)) throw refusal('conflict', 'instance-busy');
    const request = { account, action: action.id, instance, targetName: owner.name };
    return { kind: 'started', job: jobs.start({ ...request, input: parsed.data }) };
  }
  return runSteps(account, action.plan(target, parsed.data), signal);
}

function refuseUnless(verdict: Verdict): void {
  if (verdict.kind === 'ok') return;
  throw new CloudError('conflict', verdict.rule.id, { rule: verdict.rule });
}

async function runSteps(
  account: string,
  steps: readonly Step[],
  signal: AbortSignal,
): Promise<ActionOutcome> {
  const facts: TextRef[] = [];
  const created: string[] = [];
  for (const step of steps) {
    if (signal.aborted) throw new CloudError('cancelled', 'cancelled');
    const done = await step.run(signal);
    facts.push(...done.facts);
    created.push(...done.created.map((id) => `${account}/${id}`));
  }
  return { kind: 'done', facts, created };
}

function findAction<Target>(actions: readonly Action<Target>[], id: string): Action<Target> {
  const found = actions.find((action) => action.id === id);
  if (!found) throw new CloudError('unsupported', `this cloud has no action ${id}`);
  return found;
}
