/** What logging in needs: from the product, and for one instance. */
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { SshAccess } from '../../clouds/cloud.ts';
import type { Redactor } from '../../core/log.ts';
import type { Vault } from '../../core/vault.ts';
import type { VaultDoor } from '../vault.ts';
import type { Prompts } from './prompts.ts';

export interface AuthParts {
  readonly vault: Vault;
  readonly vaultDoor: VaultDoor;
  readonly prompts: Pick<Prompts, 'ask'>;
  /** Told of passwords that come neither from the vault nor from a person: a server may say them back. */
  readonly redactor: Pick<Redactor, 'learn'>;
  readonly homeDirectory: string;
  /** Where the agent listens; absent when there is none. */
  readonly agentSocket: string | undefined;
}

export interface AuthRequest {
  readonly access: SshAccess;
  readonly owner: PromptOwner;
  /** A key in the home directory's `.ssh` that comes before what the access says. */
  readonly preferredKey?: string | undefined;
  /** Whether a person may be asked. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}
