/** Calls on how one instance is entered: its options, and the consent to its proxy command. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../core/router.ts';
import type { Settings } from '../../core/settings.ts';
import type { Vault } from '../../core/vault.ts';
import type { Fleet } from '../fleet.ts';
import { connectionOptionsOf } from './connection-options.ts';
import { findJumpLoop } from './jump-loop.ts';
import { changeOptions } from './jump-passwords.ts';
import type { ProxyConsents } from './proxy-consent.ts';
import { accessOf } from './routes.ts';

export interface OptionParts {
  readonly fleet: Pick<Fleet, 'access' | 'find' | 'instance' | 'refresh'>;
  readonly settings: Settings;
  readonly vault: Pick<Vault, 'remove'>;
  readonly proxyConsents: ProxyConsents;
}

export function optionHandlers({
  fleet,
  settings,
  vault,
  proxyConsents,
}: OptionParts): Pick<Handlers, 'ssh.options' | 'ssh.setOptions' | 'ssh.forgetProxyConsent'> {
  return {
    'ssh.options': async ({ instance }) => {
      fleet.instance(instance);
      const options = connectionOptionsOf(settings, instance);
      // One that cannot be entered just now still has its options.
      const access = await fleet.access(instance).catch(() => undefined);
      // Jump hosts of the operator's own go before what the configuration says.
      const command = options.jumps
        ? undefined
        : (access?.proxyCommand ?? access?.jumps?.[0]?.proxyCommand);
      return {
        options,
        ...(access?.follows && { follows: access.follows }),
        ...(command && {
          proxyCommand: { command, allowed: proxyConsents.isAllowed(instance, command) },
        }),
      };
    },

    'ssh.setOptions': ({ instance, options }) => {
      const { account } = fleet.instance(instance);
      for (const jump of options.jumps ?? []) {
        if (jump.kind === 'address') accessOf(jump);
        else if (!fleet.find(jump.instance)) {
          throw refusal('invalid', 'jump-unknown', { instance: jump.instance });
        }
      }
      const loop = findJumpLoop(instance, (other) =>
        other === instance ? options.jumps : connectionOptionsOf(settings, other).jumps,
      );
      if (loop) {
        const name = fleet.find(loop)?.target.name ?? loop;
        throw refusal('invalid', 'jump-loop', { name });
      }
      const { connectionOptions } = settings.read();
      const next = { ...connectionOptions, [instance]: options };
      changeOptions(settings, vault, { connectionOptions: next });
      // Whether it can be seen from here may be another matter now.
      void fleet.refresh(account.id);
      return null;
    },

    'ssh.forgetProxyConsent': ({ instance }) => {
      proxyConsents.forget(instance);
      return null;
    },
  };
}
