/** Tunnels: a port here that leads to an instance, a port there that leads here, or a SOCKS proxy through an instance. */
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

/**
 * `local`: here → `remoteHost:remotePort`, as the instance sees it (`ssh -L`).
 * `remote`: the instance's `remotePort` → `localHost:localPort`, as this machine sees it (`ssh -R`).
 * `dynamic`: a SOCKS5 proxy here; the instance makes the connections (`ssh -D`).
 */
export type TunnelKind = 'local' | 'remote' | 'dynamic';

/** A Jupyter server behind a tunnel, asked again and again while the tunnel is up. */
export interface JupyterHealth {
  readonly state: 'answers' | 'failing';
  readonly since: string;
  readonly version?: string;
}

export interface Tunnel {
  readonly id: string;
  readonly kind: TunnelKind;
  /** What the operator called it; empty when nothing. */
  readonly name: string;
  readonly instance: string;
  readonly instanceName: string;
  /** The address listened at, on the listening side; `loopback` is 127.0.0.1 and ::1. */
  readonly bindAddress: string;
  readonly localPort: number;
  /** Where a remote tunnel leads to here; else empty. */
  readonly localHost: string;
  /** Empty for a dynamic tunnel. */
  readonly remoteHost: string;
  /** 0 for a dynamic tunnel. */
  readonly remotePort: number;
  readonly startsWithApp: boolean;
  readonly state: TunnelState;
  readonly since: string;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Over the last second. */
  readonly bytesInPerSecond: number;
  readonly bytesOutPerSecond: number;
  /** Since the tunnel was started. */
  readonly connections: number;
  /** When the connection is tried next; absent while it is tried, or waits for the network. */
  readonly nextAttemptAt?: string;
  /** It is not up, and comes up by itself no more: a person has to do something. */
  readonly leftToPerson?: true;
  readonly jupyter?: JupyterHealth;
  readonly openConnections: number;
  readonly reconnects: number;
  /** Kept after recovery, with the time it happened: one before `since` is no reason for the state there is. */
  readonly lastFailure?: Failure;
  readonly lastFailureAt?: string;
}

const id = z.string().max(64);
const port = z.int().min(1).max(65_535);
const host = z.string().min(1).max(255);
const name = z.string().max(100);

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
  | { readonly kind: 'not-found' }
  /** Several are running: one is to be chosen. */
  | { readonly kind: 'choose'; readonly servers: readonly FoundJupyter[] };

export interface FoundJupyter {
  readonly port: number;
  readonly kind: 'notebook' | 'server';
  /** The directory it serves, as its runtime file says; hostile text. */
  readonly directory?: string;
}

export const tunnels = {
  list: call(z.strictObject({}), result<Snapshot<Tunnel>>()),
  /** `localPort` absent: the remote port's number, or the next free one. Resolves when the listener is there; `state` follows. */
  open: call(
    z.strictObject({
      instance: instanceKeySchema,
      kind: z.enum(['local', 'remote', 'dynamic']).default('local'),
      name: name.default(''),
      remotePort: port.optional(),
      remoteHost: host.default('127.0.0.1'),
      localPort: port.optional(),
      localHost: host.default('127.0.0.1'),
      /** Anything wider than loopback is asked about at every start. */
      bindAddress: host.default('loopback'),
      startsWithApp: z.boolean().default(false),
    }),
    result<TunnelOutcome>(),
  ),
  /** What is left out stays. A port is changed only while the tunnel is stopped. */
  change: call(
    z.strictObject({
      id,
      name: name.optional(),
      startsWithApp: z.boolean().optional(),
      localPort: port.optional(),
    }),
    result<null>(),
  ),
  start: call(z.strictObject({ id }), result<TunnelOutcome>()),
  /** Every started tunnel that is not up is tried again now; questions are welcome. */
  reconnectAll: call(z.strictObject({}), result<null>()),
  stop: call(z.strictObject({ id }), result<null>()),
  remove: call(z.strictObject({ id }), result<null>()),
  /** Finds the Jupyter server on the instance, starts the tunnel, probes through it. Cancellable. */
  openJupyter: call(
    z.strictObject({ instance: instanceKeySchema, remotePort: port.optional() }),
    result<JupyterOutcome>(),
  ),
  changed: event<Delta<Tunnel>>(),
};
