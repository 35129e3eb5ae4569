/** Which proxy commands may run: each was shown and allowed for one instance, and holds for that very command only. */
import { createHash } from 'node:crypto';
import type { Settings } from '../../core/settings.ts';

export interface ProxyConsents {
  isAllowed(instance: string, command: string): boolean;
  /** @throws CloudError when the disk refuses */
  allow(instance: string, command: string): void;
  forget(instance: string): void;
}

export function createProxyConsents(settings: Settings): ProxyConsents {
  return {
    isAllowed: (instance, command) => settings.read().proxyConsents[instance] === digest(command),
    allow(instance, command) {
      const { proxyConsents } = settings.read();
      settings.change({ proxyConsents: { ...proxyConsents, [instance]: digest(command) } });
    },
    forget(instance) {
      const { [instance]: _forgotten, ...proxyConsents } = settings.read().proxyConsents;
      settings.change({ proxyConsents });
    },
  };
}

const digest = (command: string): string => createHash('sha256').update(command).digest('hex');
