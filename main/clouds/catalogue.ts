/** Every cloud there is; the only file that names them all. */
import type { CloudKind } from './cloud.ts';
import { glows } from './glows/cloud.ts';
import { servers } from './servers/cloud.ts';

export const catalogue: readonly CloudKind[] = [servers, glows];

/** Accounts that are there without being connected. */
export const builtInAccounts = [{ id: 'servers', cloud: 'servers', name: 'Own servers' }] as const;
