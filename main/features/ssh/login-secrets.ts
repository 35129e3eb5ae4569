/** The secrets of one login: read from the vault, asked of a person, and remembered only once they worked. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { PromptQuestion } from '../../../preload/contract/prompts.ts';
import type { AuthParts, AuthRequest } from './login-request.ts';

/** Times a person is asked for the same secret. */
export const maxAsks = 3;

export interface LoginSecrets {
  has(id: string): boolean;
  /** @throws CloudError unauthenticated when the vault is locked and nobody may be asked */
  read(id: string): Promise<string | undefined>;
  /** @returns undefined when nobody may be asked; @throws CloudError cancelled */
  ask(question: PromptQuestion, id: string): Promise<string | undefined>;
  /** It was wrong after all. */
  drop(id: string): void;
  /** The login worked: keeps what the person asked to be remembered. */
  remember(): Promise<void>;
}

export function createLoginSecrets(
  { vault, vaultDoor, prompts }: Pick<AuthParts, 'vault' | 'vaultDoor' | 'prompts'>,
  { owner, interactive, signal }: Pick<AuthRequest, 'owner' | 'interactive' | 'signal'>,
): LoginSecrets {
  const toRemember = new Map<string, string>();
  return {
    has: (id) => vault.has(id),
    async read(id) {
      if (vault.isLockedFor(id)) {
        if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
        await vaultDoor.open(owner, signal);
      }
      return vault.read(id);
    },
    async ask(question, id) {
      if (!interactive) return undefined;
      const answer = await prompts.ask(owner, question, signal);
      if (answer.kind !== 'secret') throw refusal('cancelled', 'login-cancelled');
      if (answer.remember) toRemember.set(id, answer.secret);
      else toRemember.delete(id);
      return answer.secret;
    },
    drop: (id) => void toRemember.delete(id),
    async remember() {
      for (const [id, secret] of toRemember) {
        await vaultDoor.open(owner, signal);
        await vault.save(id, secret);
      }
    },
  };
}
