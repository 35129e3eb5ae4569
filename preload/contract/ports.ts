/** Ports of an instance that its cloud makes reachable from outside. */
import { z } from 'zod';
import { call, result } from './define.ts';
import { instanceKeySchema } from './instances.ts';

export interface PortForwarding {
  readonly id: string;
  /** Inside the instance. */
  readonly port: number;
  readonly protocol: 'ssh' | 'tcp' | 'https';
  /** Outside; absent until the cloud has placed it. */
  readonly servicePort?: number;
  /** Where it is reached; absent until placed. */
  readonly url?: string;
  readonly editable: boolean;
}

const target = { instance: instanceKeySchema };
const forwarding = {
  port: z.int().min(1).max(65_535),
  protocol: z.enum(['tcp', 'https']),
};
const id = z.string().max(64);

export const ports = {
  list: call(z.strictObject(target), result<readonly PortForwarding[]>()),
  add: call(z.strictObject({ ...target, ...forwarding }), result<null>()),
  change: call(z.strictObject({ ...target, id, ...forwarding }), result<null>()),
  remove: call(z.strictObject({ ...target, id }), result<null>()),
};
