/** While a key proves itself nothing else may open the door. */
import { expect, it } from 'vitest';
import { questionsOfKey } from '../../../main/features/ssh/key-proof.ts';
import type { PromptOwner, PromptQuestion } from '../../../preload/contract/prompts.ts';

const owner: PromptOwner = { kind: 'action', instance: 'a/b', name: 'box', address: 'box:22' };
const atHop: PromptOwner = { ...owner, hop: 'ada@bastion:22' };
const password: PromptQuestion = { kind: 'password', user: 'ada', rejectedBefore: false };
const passphrase: PromptQuestion = { kind: 'passphrase', keyName: 'mine', rejectedBefore: false };
const fields: PromptQuestion = {
  kind: 'keyboard-interactive',
  title: '',
  instructions: '',
  fields: [{ label: 'Password:', echo: false }],
};

const { ask } = questionsOfKey({ ask: async () => ({ kind: 'cancel' }) });
const asked = (of: PromptOwner, question: PromptQuestion) =>
  ask(of, question, new AbortController().signal);

it.each([password, fields])(
  'the machine’s question of kind $kind is its refusal',
  async (question) => {
    await expect(asked(owner, question)).rejects.toMatchObject({
      code: 'unauthenticated',
      rule: { id: 'key-refused' },
    });
  },
);

it('a passphrase is asked for, and so is what a machine on the way wants', async () => {
  for (const [of, question] of [
    [owner, passphrase],
    [atHop, password],
    [atHop, fields],
  ] as const) {
    expect(await asked(of, question)).toEqual({ kind: 'cancel' });
  }
});
