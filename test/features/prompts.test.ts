/** Answers of a person: known to the log's redactor, and counted as presence only until the vault is locked. */
import { expect, test } from 'vitest';
import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { createRedactor } from '../../main/core/log.ts';
import type { Vault } from '../../main/core/vault.ts';
import { createPrompts } from '../../main/features/ssh/prompts.ts';
import { createVaultGuard } from '../../main/features/vault.ts';
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';

const { signal } = new AbortController();
const owner = { kind: 'terminal', instance: 'a/b', name: 'b', address: 'b:22' } as const;

async function answer(question: PromptQuestion, given: PromptAnswer) {
  const redactor = createRedactor();
  const vault = { isSetUp: () => true } as Vault;
  const prompts = createPrompts(createEvents(), systemClock, vault, redactor);
  const answered = prompts.ask(owner, question, signal);
  const { items } = await prompts.handlers['prompts.list']({}, signal);
  await prompts.handlers['prompts.answer']({ id: items[0]?.id ?? '', answer: given }, signal);
  await answered;
  return redactor;
}

test('a password that is not to be remembered stands in no log', async () => {
  const question = { kind: 'password', user: 'ada', rejectedBefore: false } as const;
  const redactor = await answer(question, { kind: 'secret', secret: 'hunter22', remember: false });
  expect(redactor.redact('sshd says: hunter22')).toBe('sshd says: [redacted]');
});

test('of typed fields those without echo stand in no log', async () => {
  const fields = [
    { label: 'User', echo: true },
    { label: 'Password', echo: false },
  ];
  const question = { kind: 'keyboard-interactive', title: '', instructions: '', fields } as const;
  const redactor = await answer(question, { kind: 'fields', values: ['grace', 'hunter22'] });
  expect(redactor.redact('grace hunter22')).toBe('grace [redacted]');
});

test.each<readonly [PromptQuestion, PromptAnswer]>([
  [
    { kind: 'host-key', keyType: 'ssh-ed25519', fingerprint: 'SHA256:x', picture: '' },
    { kind: 'allow' },
  ],
  [
    { kind: 'password', user: 'ada', rejectedBefore: false },
    { kind: 'fields', values: ['hunter22'] },
  ],
  [
    {
      kind: 'keyboard-interactive',
      title: '',
      instructions: '',
      fields: [{ label: 'Code', echo: true }],
    },
    { kind: 'fields', values: ['1', '2'] },
  ],
  [
    { kind: 'unlock-vault', rejectedBefore: false },
    { kind: 'secret', secret: 'the master password', remember: true },
  ],
])('%j takes no answer such as %j, and stays open', async (question, given) => {
  const vault = { isSetUp: () => true } as Vault;
  const prompts = createPrompts(createEvents(), systemClock, vault, createRedactor());
  const answered = prompts.ask(owner, question, signal).then(({ kind }) => kind);
  const asked = async () => (await prompts.handlers['prompts.list']({}, signal)).items;
  const id = (await asked())[0]?.id ?? '';
  const take = async (answer: PromptAnswer) =>
    prompts.handlers['prompts.answer']({ id, answer }, signal);
  await expect(take(given)).rejects.toMatchObject({ code: 'invalid' });
  expect(await asked()).toHaveLength(1);
  await take({ kind: 'cancel' });
  expect(await answered).toBe('cancel');
  // A second answer, as of another window, is for nobody.
  await expect(take({ kind: 'cancel' })).rejects.toMatchObject({ code: 'not-found' });
});

test('the master password is asked again after five minutes, and at once when the vault was locked', async () => {
  let mode = 'master-open';
  const vault = {
    status: () => ({ mode }),
    unlock: async () => {
      mode = 'master-open';
      return true;
    },
  } as unknown as Vault;
  let nowMs = 0;
  const clock = { now: () => nowMs, monotonic: () => nowMs };
  let asked = 0;
  const ask = async (): Promise<PromptAnswer> => {
    asked += 1;
    return { kind: 'secret', secret: 'the master password', remember: false };
  };
  const guard = createVaultGuard(vault, { ask } as never, clock);
  await guard.confirm(owner, signal);
  await guard.confirm(owner, signal);
  expect(asked).toBe(1);
  mode = 'master-locked';
  await guard.confirm(owner, signal);
  expect(asked).toBe(2);
  nowMs += 5 * 60_000 + 1;
  await guard.confirm(owner, signal);
  expect(asked).toBe(3);
});
