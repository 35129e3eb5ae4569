/** One account at work: its cloud, and what may be done with it. */
import type { Action, Cloud, CloudKind, InstanceTarget } from '../clouds/cloud.ts';

export interface ConnectedAccount {
  readonly id: string;
  readonly name: string;
  readonly kind: CloudKind;
  readonly cloud: Cloud;
  readonly accountActions: readonly Action<null>[];
  readonly instanceActions: readonly Action<InstanceTarget>[];
}
