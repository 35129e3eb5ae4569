/** Network groups: instances in one group reach each other on private addresses. */
import { z } from 'zod';
import { call, result } from './define.ts';

export interface NetworkGroup {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
  readonly members: readonly {
    /** Key of the instance. */
    readonly instance: string;
    readonly name: string;
    readonly address: string;
    readonly bandwidthMbps?: number;
    readonly status: string;
  }[];
}

const account = z.string().max(100);
const member = z.strictObject({
  account,
  group: z.string().min(1).max(64),
  instance: z.string().max(300),
});

export const groups = {
  list: call(z.strictObject({ account }), result<readonly NetworkGroup[]>()),
  create: call(z.strictObject({ account, name: z.string().min(1).max(64) }), result<null>()),
  join: call(member, result<null>()),
  leave: call(member, result<null>()),
};
