/** What was set for an instance goes with it: its options, and the consent to its proxy command. */
import type { Log } from '../../core/log.ts';
import type { Settings } from '../../core/settings.ts';
import type { Vault } from '../../core/vault.ts';
import type { Fleet } from '../fleet.ts';
import { removalOf } from '../removal.ts';
import { changeOptions } from './jump-passwords.ts';

export interface ForgetParts {
  readonly fleet: Pick<Fleet, 'onStateChange' | 'accounts' | 'account'>;
  readonly settings: Settings;
  readonly vault: Pick<Vault, 'remove'>;
  readonly log: Log;
}

export function forgetRemoved({ fleet, settings, vault, log }: ForgetParts): void {
  const forget = (instance: string) => {
    const { connectionOptions, proxyConsents } = settings.read();
    const { [instance]: options, ...otherOptions } = connectionOptions;
    const { [instance]: consent, ...otherConsents } = proxyConsents;
    if (options === undefined && consent === undefined) return;
    const others = { connectionOptions: otherOptions, proxyConsents: otherConsents };
    changeOptions(settings, vault, others);
  };
  fleet.onStateChange((instance, state) => {
    if (state !== undefined || !removalOf(fleet, instance)) return;
    try {
      forget(instance);
    } catch (error) {
      // The instance is gone all the same.
      log.warn('what was set for an instance could not be forgotten', { error });
    }
  });
}
