/** Tunnels: a port of this machine that leads to a port of an instance. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result } from './define.ts';
import type { Failure } from './errors.ts';
import { instanceKeySchema } from './instances.ts';

export type TunnelState =
  | 'stopped'
  | 'connecting'
  | 'up'
  | 'reconnecting'
  /** Waits for an answer only a person can give. */
  | 'needs-user'
  | 'failed';

export interface Tunnel {
  readonly id: string;
  readonly instance: string;
  readonly instanceName: string;
  readonly localPort: number;
  readonly remoteHost: string;
  readonly remotePort: number;
  readonly state: TunnelState;
  readonly since: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly openConnections: number;
  readonly reconnects: number;
  /** Kept after recovery, with the time it happened. */
  readonly lastFailure?: Failure;
  readonly lastFailureAt?: string;
}

const id = z.string().max(64);
const port = z.int().min(1).max(65_535);

export type TunnelOutcome =
  | { readonly kind: 'opened'; readonly tunnel: Tunnel }
  /** The wanted local port cannot be had; another that can is offered. Nothing was opened. */
  | {
      readonly kind: 'port-unavailable';
      readonly reason: 'in-use' | 'reserved' | 'privileged';
      readonly wanted: number;
      readonly offered: number;
    };

export type JupyterOutcome =
  /** `url` carries no token: a one-use path on the tunnel that signs in and redirects. */
  | { readonly kind: 'ready'; readonly tunnel: Tunnel; readonly url: string }
  | { readonly kind: 'not-found' };

export const tunnels = {
  list: call(z.strictObject({}), result<Snapshot<Tunnel>>()),
  /** `localPort` absent: the remote port's number, or the next free one. Resolves when the listener is there; `state` follows. */
  open: call(
    z.strictObject({
      instance: instanceKeySchema,
      remotePort: port,
      remoteHost: z.string().min(1).max(255).default('127.0.0.1'),
      localPort: port.optional(),
    }),
    result<TunnelOutcome>(),
  ),
  start: call(z.strictObject({ id }), result<TunnelOutcome>()),
  stop: call(z.strictObject({ id }), result<null>()),
  remove: call(z.strictObject({ id }), result<null>()),
  /** Finds the Jupyter server on the instance, starts the tunnel, probes through it. Cancellable. */
  openJupyter: call(z.strictObject({ instance: instanceKeySchema }), result<JupyterOutcome>()),
  changed: event<Delta<Tunnel>>(),
};
