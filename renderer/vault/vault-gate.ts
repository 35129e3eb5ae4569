/** The gate before a secret is kept: when the core says the vault must be set up or unlocked first, the operator is asked, then the work is done again. */
import { create } from 'zustand';
import { CloudError } from '../../preload/contract/errors.ts';

type Need = 'set-up' | 'unlock';

export interface VaultGate {
  /** What the operator is asked just now. */
  readonly need: Need | undefined;
  /** The operator did it, or gave up. */
  answer(passed: boolean): void;
  /**
   * Runs the work, and once more after the vault is ready.
   * @throws CloudError cancelled, when the operator gave up
   */
  pass<Outcome extends { readonly kind: string }>(
    work: () => Promise<Outcome>,
  ): Promise<Exclude<Outcome, { readonly kind: 'needs-vault' }>>;
}

const lockedRule = 'vault-locked';

export function createVaultGate() {
  return create<VaultGate>()((set) => {
    let settle: (passed: boolean) => void = () => {};

    const ask = async (need: Need) => {
      settle(false);
      const passed = await new Promise<boolean>((resolve) => {
        settle = resolve;
        set({ need });
      });
      if (!passed) throw new CloudError('cancelled', 'the vault stayed closed');
    };

    return {
      need: undefined,
      answer(passed) {
        set({ need: undefined });
        settle(passed);
        settle = () => {};
      },
      async pass(work) {
        for (;;) {
          try {
            const outcome = await work();
            if (outcome.kind !== 'needs-vault') return outcome as never;
            await ask('set-up');
          } catch (error) {
            if (!(error instanceof CloudError) || error.rule?.id !== lockedRule) throw error;
            await ask('unlock');
          }
        }
      },
    };
  });
}
