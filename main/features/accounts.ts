/** Calls on accounts: connecting one after it was seen to work, reading it, forgetting it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { PromptOwner } from '../../preload/contract/prompts.ts';
import type { CloudContext, CloudKind } from '../clouds/cloud.ts';
import type { Handlers } from '../core/router.ts';
import type { Settings } from '../core/settings.ts';
import type { Vault } from '../core/vault.ts';
import { accountSecretId } from './account-context.ts';
import type { Fleet } from './fleet.ts';
import { invalidInput } from './invalid-input.ts';
import type { SandboxAccount } from './sandbox-account.ts';
import type { VaultDoor } from './vault.ts';

export interface AccountParts {
  readonly fleet: Fleet;
  readonly catalogue: readonly CloudKind[];
  readonly settings: Settings;
  readonly vault: Vault;
  readonly vaultDoor: VaultDoor;
  /** Absent where no process can be started. */
  readonly sandbox: SandboxAccount | undefined;
}

const probeTimeoutMs = 60_000;

export function accountHandlers(
  parts: AccountParts,
): Pick<
  Handlers,
  | 'accounts.list'
  | 'accounts.clouds'
  | 'accounts.connect'
  | 'accounts.disconnect'
  | 'accounts.setSandbox'
  | 'accounts.prefer'
  | 'accounts.refresh'
> {
  const { fleet, catalogue, settings, vault, vaultDoor, sandbox } = parts;
  return {
    'accounts.list': () => fleet.accounts.snapshot(),

    'accounts.clouds': () =>
      catalogue.flatMap(({ id, connection }) =>
        connection
          ? [
              {
                id,
                input: z.toJSONSchema(connection.input, { io: 'input' }) as Record<string, unknown>,
                secrets: connection.secrets,
              },
            ]
          : [],
      ),

    'accounts.connect': async ({ cloud, name, input, secrets }, signal) => {
      const kind = catalogue.find(({ id }) => id === cloud);
      if (!kind?.connection) throw new CloudError('unsupported', `${cloud} cannot be connected`);
      const parsed = kind.connection.input.safeParse(input);
      if (!parsed.success) throw invalidInput(parsed.error);
      const missing = kind.connection.secrets.find((secret) => !secrets[secret]);
      if (missing) throw refusal('invalid', 'secret-missing', { name: missing });
      if (!vault.isSetUp()) return { kind: 'needs-vault' };
      await vaultDoor.open(ownerOf(name), signal);

      const account = { id: `${cloud}-${randomUUID().slice(0, 8)}`, cloud, name };
      await check(kind, fleet.contextOf(account), parsed.data, secrets, signal);
      // Secrets first, and none is left behind when the account cannot be written.
      try {
        for (const secret of kind.connection.secrets) {
          await vault.save(accountSecretId(account.id, secret), secrets[secret] ?? '');
        }
        const saved = { ...account, config: parsed.data };
        settings.change({ accounts: [...settings.read().accounts, saved] });
      } catch (error) {
        forgetSecrets(vault, account.id, kind);
        throw error;
      }
      fleet.add(account);
      return { kind: 'connected', account: account.id };
    },

    'accounts.disconnect': ({ account: id }) => {
      const { accounts } = settings.read();
      const saved = accounts.find((account) => account.id === id);
      // Not from the fleet: an account whose settings are damaged can be forgotten too.
      const cloud = saved?.cloud ?? fleet.account(id).kind.id;
      const kind = catalogue.find((candidate) => candidate.id === cloud);
      if (!saved || !kind?.connection) throw refusal('conflict', 'account-built-in');
      const { [id]: _wishes, ...accountPreferences } = settings.read().accountPreferences;
      settings.change({
        accounts: accounts.filter((account) => account !== saved),
        accountPreferences,
      });
      fleet.remove(id);
      forgetSecrets(vault, id, kind);
      return null;
    },

    'accounts.setSandbox': ({ on }) => {
      if (!sandbox) throw refusal('unsupported', 'no-sandbox-here');
      if (on === settings.read().sandbox) return null;
      settings.change({ sandbox: on });
      if (on) fleet.add(sandbox);
      else {
        fleet.remove(sandbox.id);
        sandbox.close();
      }
      return null;
    },

    'accounts.prefer': ({ account, ...wishes }) => {
      fleet.account(account);
      const { accountPreferences } = settings.read();
      const former = accountPreferences[account] ?? {};
      // What is left out stays, null takes a wish back.
      const { defaultKey = former.defaultKey, colour = former.colour } = wishes;
      const preferences = { ...(defaultKey && { defaultKey }), ...(colour && { colour }) };
      settings.change({ accountPreferences: { ...accountPreferences, [account]: preferences } });
      fleet.showPreferences(account);
      return null;
    },

    'accounts.refresh': async ({ account }) => {
      const { cloud } = fleet.account(account);
      await fleet.refresh(account);
      await cloud.probe?.(AbortSignal.timeout(probeTimeoutMs));
      await fleet.refresh(account);
      return null;
    },
  };
}

function forgetSecrets(vault: Vault, account: string, { connection }: CloudKind): void {
  for (const secret of connection?.secrets ?? []) vault.remove(accountSecretId(account, secret));
}

/** @throws CloudError the reason why the account does not work */
async function check(
  kind: CloudKind,
  context: CloudContext,
  config: unknown,
  secrets: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const { cloud } = kind.create({
    ...context,
    readConfig: () => config,
    secret: async (name) => secrets[name],
  });
  await cloud.check(signal);
}

const ownerOf = (name: string): PromptOwner => ({
  kind: 'action',
  instance: '',
  name,
  address: '',
});
