/** Questions while a key is to prove itself: a passphrase is part of that, a password would prove nothing. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Prompts } from './prompts.ts';

export function questionsOfKey({ ask }: Pick<Prompts, 'ask'>): Pick<Prompts, 'ask'> {
  return {
    async ask(owner, question, signal) {
      const isPassword = question.kind === 'password' || question.kind === 'keyboard-interactive';
      // Machines on the way are entered as always.
      if (isPassword && owner.hop === undefined) throw refusal('unauthenticated', 'key-refused');
      return ask(owner, question, signal);
    },
  };
}
