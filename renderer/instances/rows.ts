/** An instance as the table needs it: what is searched and sorted is worked out once, not per keystroke. */
import type { Account } from '../../preload/contract/accounts.ts';
import type { Instance } from '../../preload/contract/instances.ts';
import { type SortKey, textKey } from './sort-key.ts';

/** A name of 10,000 characters is found by how it begins. */
const longestSearched = 1000;

export interface Row {
  readonly instance: Instance;
  readonly accountName: string;
  /** Everything that can be searched, lower-cased. */
  readonly searchText: string;
  readonly nameKey: SortKey;
}

/** `user@host:port`, the brackets of an IPv6 address included. */
export function addressOf({ ssh }: Pick<Instance, 'ssh'>): string {
  if (!ssh) return '';
  const host = ssh.host.includes(':') ? `[${ssh.host}]` : ssh.host;
  return `${ssh.user}@${host}:${ssh.port}`;
}

/** Without the maker's name, which every GPU here shares: `RTX 4090 ×2`. */
export const gpuModel = (gpu: string): string =>
  gpu.replace(/^(NVIDIA\s+)?(GeForce\s+|Tesla\s+)?(?=\S)/i, '');

/** @returns a function that makes rows of instances and makes none twice while neither instance nor account name changed */
export function createRowMaker(): (
  instances: readonly Instance[],
  accounts: ReadonlyMap<string, Account>,
) => readonly Row[] {
  const made = new WeakMap<Instance, Row>();
  return (instances, accounts) =>
    instances.map((instance) => {
      const accountName = accounts.get(instance.account)?.name ?? instance.account;
      const known = made.get(instance);
      if (known?.accountName === accountName) return known;
      const row = makeRow(instance, accountName);
      made.set(instance, row);
      return row;
    });
}

function makeRow(instance: Instance, accountName: string): Row {
  const searched = [
    instance.name.slice(0, longestSearched),
    instance.id,
    accountName,
    instance.gpu ?? '',
    instance.region ?? '',
    instance.state.word,
    addressOf(instance),
    ...instance.tags,
  ];
  return {
    instance,
    accountName,
    searchText: searched.join('\n').toLowerCase(),
    nameKey: textKey(instance.name),
  };
}
