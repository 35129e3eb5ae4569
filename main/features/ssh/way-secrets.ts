/** Where the secrets of a way rest in the vault: the machine's own, and those of the machines before it. */
import type { Way } from './routes.ts';

export function secretIdsOf({ access: { login }, via }: Way): readonly string[] {
  return [
    ...('passwordId' in login ? [login.passwordId] : []),
    ...('passphraseId' in login ? [login.passphraseId] : []),
    ...('keyId' in login ? [login.keyId] : []),
    ...(via ? secretIdsOf(via) : []),
  ];
}
