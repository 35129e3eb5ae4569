/** What goes through one tunnel: counted as it flows, with nothing kept of a socket that is gone. */
import type { Socket } from 'node:net';
import type { Tunnel } from '../../../preload/contract/tunnels.ts';
import type { Clock } from '../../core/clock.ts';

const tellEveryMs = 1000;

type Figures = Pick<
  Tunnel,
  | 'bytesIn'
  | 'bytesOut'
  | 'bytesInPerSecond'
  | 'bytesOutPerSecond'
  | 'connections'
  | 'openConnections'
>;

export class Traffic {
  private readonly clock: Clock;
  private readonly tell: () => void;
  private readonly sockets = new Set<Socket>();
  private closedIn = 0;
  private closedOut = 0;
  private connections = 0;
  private rates = { in: 0, out: 0 };
  private measured = { in: 0, out: 0, atMs: 0 };
  private telling: NodeJS.Timeout | undefined;

  /** @param tell called once a second while something flows, and once after */
  constructor(clock: Clock, tell: () => void) {
    this.clock = clock;
    this.tell = tell;
  }

  /** Bytes as of the last measurement: asked at every change, of thousands of sockets at worst. */
  get figures(): Figures {
    return {
      bytesIn: this.measured.in,
      bytesOut: this.measured.out,
      bytesInPerSecond: this.rates.in,
      bytesOutPerSecond: this.rates.out,
      connections: this.connections,
      openConnections: this.sockets.size,
    };
  }

  /** The tunnel was started: its connections are counted anew. */
  begin(): void {
    this.connections = 0;
  }

  /** @param socket the end on this machine: what is written to it came in from the instance */
  count(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.once('close', () => this.forget(socket));
    if (this.telling) return;
    this.measured = { ...this.totals(), atMs: this.clock.monotonic() };
    this.telling = setInterval(() => this.measure(), tellEveryMs).unref();
  }

  /** Nothing flows any more. */
  end(): void {
    for (const socket of this.sockets) {
      socket.destroy();
      this.forget(socket);
    }
    if (this.telling) this.measure();
  }

  private forget(socket: Socket): void {
    if (!this.sockets.delete(socket)) return;
    this.closedIn += socket.bytesWritten;
    this.closedOut += socket.bytesRead;
  }

  private totals(): { readonly in: number; readonly out: number } {
    const totals = { in: this.closedIn, out: this.closedOut };
    for (const socket of this.sockets) {
      totals.in += socket.bytesWritten;
      totals.out += socket.bytesRead;
    }
    return totals;
  }

  private measure(): void {
    const now = { ...this.totals(), atMs: this.clock.monotonic() };
    const seconds = Math.max(now.atMs - this.measured.atMs, 1) / 1000;
    this.rates = {
      in: Math.round((now.in - this.measured.in) / seconds),
      out: Math.round((now.out - this.measured.out) / seconds),
    };
    this.measured = now;
    if (this.sockets.size === 0 && this.rates.in === 0 && this.rates.out === 0) {
      clearInterval(this.telling);
      this.telling = undefined;
    }
    this.tell();
  }
}
