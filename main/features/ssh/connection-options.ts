/** How an instance is entered beside what its cloud says: the operator's options, with what holds where none are set. */
import type { ConnectionOptions } from '../../../preload/contract/ssh.ts';
import type { Settings } from '../../core/settings.ts';

export const usualConnectionOptions: ConnectionOptions = {
  keepaliveSeconds: null,
  shareConnection: true,
  jumps: null,
  forwardAgent: false,
  shell: 'plain',
  clipboardWrite: 'ask',
};

export const connectionOptionsOf = (settings: Settings, instance: string): ConnectionOptions =>
  settings.read().connectionOptions[instance] ?? usualConnectionOptions;
