/** Answers a prompt; where the answer is to be remembered, through the vault's gate. */
import { useState } from 'react';
import { CloudError } from '../../preload/contract/errors.ts';
import type { Prompt, PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';

export interface PromptProps<Kind extends PromptQuestion['kind']> {
  readonly prompt: Prompt;
  readonly question: Extract<PromptQuestion, { readonly kind: Kind }>;
  /** How many more questions wait. */
  readonly waiting: number;
}

export interface Answering {
  readonly busy: boolean;
  readonly failure: CloudError | undefined;
  answer(answer: PromptAnswer): void;
}

export function useAnswer({ id }: Prompt): Answering {
  const client = useClient();
  const { useVaultGate } = useView();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CloudError>();

  const send = async (answer: PromptAnswer) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await useVaultGate.getState().pass(() => client.call('prompts.answer', { id, answer }));
      // Taken: the core takes the question off the list, and this dialog with it.
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      // A question that is gone was answered or given up elsewhere.
      if (error.code !== 'cancelled' && error.code !== 'not-found') setFailure(error);
      setBusy(false);
    }
  };
  return { busy, failure, answer: (answer) => void send(answer) };
}
