/** Reads made when something is looked at, and kept until it changes. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConnectableCloud } from '../../preload/contract/accounts.ts';
import type { ActionDescription } from '../../preload/contract/actions.ts';
import type { AppInfo } from '../../preload/contract/app.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { NetworkGroup } from '../../preload/contract/groups.ts';
import type { ResultOf } from '../../preload/contract/index.ts';
import type { BillingLine, Instance, InstanceDetail } from '../../preload/contract/instances.ts';
import type { MetricHistory } from '../../preload/contract/metrics.ts';
import type { PortForwarding } from '../../preload/contract/ports.ts';
import type { SnapshotList } from '../../preload/contract/snapshots.ts';
import type { VaultStatus } from '../../preload/contract/vault.ts';
import { useClient, useStores } from './context.ts';

const neverStale = { staleTime: Number.POSITIVE_INFINITY } as const;

export function useAppInfo() {
  const client = useClient();
  return useQuery<AppInfo, CloudError>({
    ...neverStale,
    queryKey: ['app.hello'],
    queryFn: ({ signal }) => client.call('app.hello', {}, signal),
  });
}

/** Which actions there are depends on the clouds of the accounts: read again when those change. */
export function useActionDescriptions() {
  const client = useClient();
  const clouds = useStores().accounts(({ items }) =>
    [...new Set(items.map(({ cloud }) => cloud))].sort().join(' '),
  );
  return useQuery<readonly ActionDescription[], CloudError>({
    ...neverStale,
    queryKey: ['actions.describe', clouds],
    queryFn: ({ signal }) => client.call('actions.describe', {}, signal),
    placeholderData: (former) => former,
  });
}

/** The clouds an account can be connected to, with the form each asks for. */
export function useConnectableClouds() {
  const client = useClient();
  return useQuery<readonly ConnectableCloud[], CloudError>({
    ...neverStale,
    queryKey: ['accounts.clouds'],
    queryFn: ({ signal }) => client.call('accounts.clouds', {}, signal),
  });
}

/** Costs grow and host keys are trusted without the list changing. */
const detailAgainMs = 5000;

/** The detail of one instance, read again whenever what the list says of it changes, and now and then. */
export function useInstanceDetail({ key, name, state, ssh, cost }: Instance) {
  const client = useClient();
  return useQuery<InstanceDetail, CloudError>({
    queryKey: ['instances.detail', key, { name, state, ssh, price: cost.perHour }],
    queryFn: ({ signal }) => client.call('instances.detail', { key }, signal),
    refetchInterval: detailAgainMs,
    // The former reading stays until the new one is there, unless it is of another instance.
    placeholderData: (former) => (former?.key === key ? former : undefined),
  });
}

/** What an instance has cost, read again while it is looked at. */
export function useBilling(key: string) {
  const client = useClient();
  return useQuery<readonly BillingLine[], CloudError>({
    queryKey: ['instances.billing', key],
    queryFn: ({ signal }) => client.call('instances.billing', { key }, signal),
    refetchInterval: detailAgainMs,
  });
}

export function useVaultStatus() {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => client.on('vault.changed', (status) => queries.setQueryData(['vault.status'], status)),
    [client, queries],
  );
  return useQuery<VaultStatus, CloudError>({
    queryKey: ['vault.status'],
    queryFn: ({ signal }) => client.call('vault.status', {}, signal),
  });
}

/** The private keys and the agent at hand on the machine the core runs on. */
export function useLocalKeys() {
  const client = useClient();
  return useQuery<ResultOf<'ssh.localKeys'>, CloudError>({
    queryKey: ['ssh.localKeys'],
    queryFn: ({ signal }) => client.call('ssh.localKeys', {}, signal),
  });
}

const snapshotsAgainMs = 5000;

/** Snapshots and storage of every account that has them, read again while they are looked at. */
export function useSnapshots(enabled = true) {
  const client = useClient();
  return useQuery<SnapshotList, CloudError>({
    queryKey: ['snapshots.list'],
    queryFn: ({ signal }) => client.call('snapshots.list', {}, signal),
    refetchInterval: snapshotsAgainMs,
    enabled,
  });
}

/** What an instance did of late, without watching it. */
export function useMetricHistory(instance: string) {
  const client = useClient();
  return useQuery<MetricHistory, CloudError>({
    queryKey: ['metrics.history', instance],
    queryFn: ({ signal }) => client.call('metrics.history', { instance, range: '15m' }, signal),
  });
}

const settledAgainMs = 5000;
const placingAgainMs = 1500;

/** Ports the cloud forwards to an instance; looked at more often while one is being placed. */
export function usePorts(instance: string) {
  const client = useClient();
  return useQuery<readonly PortForwarding[], CloudError>({
    queryKey: ['ports.list', instance],
    queryFn: ({ signal }) => client.call('ports.list', { instance }, signal),
    refetchInterval: ({ state }) =>
      state.data?.some(({ url }) => url === undefined) ? placingAgainMs : settledAgainMs,
  });
}

/** The network groups of an account and who is in them. */
export function useGroups(account: string) {
  const client = useClient();
  return useQuery<readonly NetworkGroup[], CloudError>({
    queryKey: ['groups.list', account],
    queryFn: ({ signal }) => client.call('groups.list', { account }, signal),
    refetchInterval: settledAgainMs,
  });
}
