/** Calls on the vault, and its door: asking a person for the master password when a secret is needed. */
import { CloudError } from '../../preload/contract/errors.ts';
import type { PromptOwner } from '../../preload/contract/prompts.ts';
import type { Clock } from '../core/clock.ts';
import type { Handlers } from '../core/router.ts';
import type { Vault } from '../core/vault.ts';
import type { Prompts } from './ssh/prompts.ts';

export interface VaultDoor {
  /** Returns once the vault is not locked. @throws CloudError cancelled */
  open(owner: PromptOwner, signal: AbortSignal): Promise<void>;
}

export function createVaultDoor(vault: Vault, prompts: Prompts): VaultDoor {
  return {
    async open(owner, signal) {
      let rejectedBefore = false;
      while (vault.status().mode === 'master-locked') {
        const answer = await prompts.ask(owner, { kind: 'unlock-vault', rejectedBefore }, signal);
        if (answer.kind !== 'secret') throw new CloudError('cancelled', 'the vault stays locked');
        rejectedBefore = !(await vault.unlock(answer.secret));
      }
    },
  };
}

/** How long a master password that was typed counts as being at the desk. */
const presenceMs = 5 * 60_000;

export interface VaultGuard {
  /** Returns once the master password was typed within 5 minutes; at once where none is set. @throws CloudError cancelled */
  confirm(owner: PromptOwner, signal: AbortSignal): Promise<void>;
}

export function createVaultGuard(vault: Vault, prompts: Prompts, clock: Clock): VaultGuard {
  let confirmedAt = Number.NEGATIVE_INFINITY;
  return {
    async confirm(owner, signal) {
      /** Locked by hand means away from the desk, however short ago. */
      const mustAsk = () => {
        const { mode } = vault.status();
        const wasLongAgo = clock.monotonic() - confirmedAt > presenceMs;
        return mode === 'master-locked' || (mode === 'master-open' && wasLongAgo);
      };
      let rejectedBefore = false;
      while (mustAsk()) {
        const answer = await prompts.ask(owner, { kind: 'unlock-vault', rejectedBefore }, signal);
        if (answer.kind !== 'secret') throw new CloudError('cancelled', 'nothing was shown');
        rejectedBefore = !(await vault.unlock(answer.secret));
        if (!rejectedBefore) confirmedAt = clock.monotonic();
      }
    },
  };
}

export function vaultHandlers(
  vault: Vault,
): Pick<Handlers, 'vault.status' | 'vault.setUp' | 'vault.unlock' | 'vault.lock'> {
  return {
    'vault.status': () => vault.status(),
    'vault.setUp': async (choice) => {
      if (choice.mode === 'master') await vault.setUpMaster(choice.password);
      else vault.setUpMemory();
      return vault.status();
    },
    'vault.unlock': async ({ password }) =>
      (await vault.unlock(password)) ? { kind: 'open' } : { kind: 'wrong-password' },
    'vault.lock': () => {
      vault.lock();
      return vault.status();
    },
  };
}
