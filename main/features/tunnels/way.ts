/** What differs between the kinds of tunnels; their lives are the same. */
import type { Socket } from 'node:net';
import type ssh2 from 'ssh2';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { SavedTunnel } from '../../core/settings.ts';
import type { FarEnd, Intercept } from './forward.ts';

/** How somebody waits: as long as all do, unless told sooner. */
export type Wait = <Value>(waiting: (signal: AbortSignal) => Promise<Value>) => Promise<Value>;

/** What a tunnel lends the way it carries. */
export interface Link {
  readonly target: SavedTunnel;
  readonly isUp: boolean;
  /** The tunnel as it is now, for a client that is told about it. */
  readonly view: TunnelView;
  /**
   * A channel to a place as the instance sees it; waits a bounded time while the connection is being made, and for the
   * next where it breaks meanwhile. `secure`: the far end speaks TLS only. `wait`: else until `signal`.
   * @param refused told when there was a connection, and yet no channel came of it
   * @throws CloudError
   */
  channel(
    to: {
      readonly host: string;
      readonly port: number;
      readonly secure?: boolean;
      readonly signal: AbortSignal;
      readonly wait?: Wait;
    },
    refused: (failure: CloudError) => void,
  ): Promise<FarEnd>;
  /** Counts what a socket carries, until it is closed. */
  count(socket: Socket): void;
  /** Until both are closed. Should the connection break, the socket is reset, so that half an answer never looks whole. */
  join(socket: Socket, channel: FarEnd, intercept?: Intercept): void;
  /** Shown as the tunnel's last failure. */
  note(failure: CloudError): void;
  /** The far end, which the tunnel leads to, does not answer any more. */
  doubt(failure: CloudError): void;
}

export interface Way {
  /** Shows that the connection carries; remote: has the port opened there. @throws CloudError why it does not */
  prove(client: ssh2.Client): Promise<void>;
  /** Serves one client of the port on this machine. Never throws; absent: no port is held here. */
  readonly serve?: (socket: Socket) => Promise<void>;
  /** The tunnel lets go of a connection that others may go on using. */
  readonly release?: (client: ssh2.Client) => void;
}

/** Aborts when the socket is closed. */
export function closing(socket: Socket): AbortSignal {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  if (socket.destroyed) gone.abort();
  return gone.signal;
}
