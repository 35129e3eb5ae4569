/** What the core knows of ways in: read on demand, and again when OpenSSH's own configuration changes. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { CallName, ResultOf } from '../../preload/contract/index.ts';
import type { Instance } from '../../preload/contract/instances.ts';
import type { IncludeFile, OutsideWays } from '../../preload/contract/ssh.ts';
import { useClient } from '../client/context.ts';

/** An answer that depends on OpenSSH's files is old once one of them was written. */
function useReadAgainWithConfig(call: CallName): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () =>
      client.on('ssh.configChanged', () => void queries.invalidateQueries({ queryKey: [call] })),
    [client, queries, call],
  );
}

export type OptionsAnswer = ResultOf<'ssh.options'>;

/** Read again when the instance is elsewhere, or follows another name. */
export function useConnectionOptions({ key, ssh, follows }: Instance) {
  const client = useClient();
  useReadAgainWithConfig('ssh.options');
  return useQuery<OptionsAnswer, CloudError>({
    queryKey: ['ssh.options', key, { ssh, follows }],
    queryFn: ({ signal }) => client.call('ssh.options', { instance: key }, signal),
    placeholderData: (former, query) => (query?.queryKey[1] === key ? former : undefined),
  });
}

/** How other programs reach the instance; read again when its address or name changes. */
export function useOutsideWays({ key, name, ssh }: Instance) {
  const client = useClient();
  useReadAgainWithConfig('ssh.outside');
  return useQuery<OutsideWays, CloudError>({
    queryKey: ['ssh.outside', key, { name, ssh }],
    queryFn: ({ signal }) => client.call('ssh.outside', { instance: key }, signal),
    placeholderData: (former, query) => (query?.queryKey[1] === key ? former : undefined),
  });
}

export type ConfigAnswer = ResultOf<'ssh.configHosts'>;

export function useConfigHosts(enabled = true) {
  const client = useClient();
  useReadAgainWithConfig('ssh.configHosts');
  return useQuery<ConfigAnswer, CloudError>({
    queryKey: ['ssh.configHosts'],
    queryFn: ({ signal }) => client.call('ssh.configHosts', {}, signal),
    enabled,
  });
}

export function useIncludeFile() {
  const client = useClient();
  useReadAgainWithConfig('ssh.includeFile');
  return useQuery<IncludeFile, CloudError>({
    queryKey: ['ssh.includeFile'],
    queryFn: ({ signal }) => client.call('ssh.includeFile', {}, signal),
  });
}
