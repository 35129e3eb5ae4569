/** Asks what the vault's gate needs: how secrets are to be kept, or the password that opens them. */
import { useView } from '../shell/view-context.ts';
import { SetUpVaultDialog } from './set-up-vault-dialog.tsx';
import { UnlockVaultDialog } from './unlock-vault-dialog.tsx';

export function VaultGateDialog() {
  const { useVaultGate } = useView();
  const need = useVaultGate((state) => state.need);
  const answer = useVaultGate((state) => state.answer);
  switch (need) {
    case 'set-up':
      return <SetUpVaultDialog onEnd={answer} />;
    case 'unlock':
      return <UnlockVaultDialog onEnd={answer} />;
    case undefined:
      return null;
  }
}
