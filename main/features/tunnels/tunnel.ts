/** One tunnel: what is saved of it, its port here, its sockets; its port outlives every connection. */
import type { Socket } from 'node:net';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { JupyterHealth, Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import type { Clock } from '../../core/clock.ts';
import type { SavedTunnel } from '../../core/settings.ts';
import type { Connection } from '../ssh/connection.ts';
import type { Lease } from '../ssh/lease.ts';
import type { Standing } from '../standings.ts';
import { type FarEnd, join } from './forward.ts';
import { type JupyterPlace, watchJupyter } from './jupyter-health.ts';
import { Line } from './line.ts';
import type { Listener } from './listener.ts';
import { Traffic } from './traffic.ts';
import type { Link, Way } from './way.ts';

export interface TunnelParts {
  readonly clock: Clock;
  /** Asked anew each time: an instance is named only once its cloud was read. */
  owner(): PromptOwner;
  connection(): Promise<Connection>;
  /** How the tunnel's kind carries. */
  wayOf(tunnel: Tunnel, link: Link): Way;
  onChange(view: TunnelView): void;
}

export class Tunnel {
  readonly line: Line;
  private readonly parts: TunnelParts;
  private readonly way: Way;
  private readonly traffic: Traffic;
  /** Sockets that something may be flowing through. */
  private readonly joined = new Set<Socket>();
  private saved: SavedTunnel;
  private started = false;
  private listener: Listener | undefined;
  private jupyter: JupyterHealth | undefined;
  private watched: (JupyterPlace & { readonly watching: AbortController }) | undefined;

  constructor(saved: SavedTunnel, parts: TunnelParts) {
    this.saved = saved;
    this.parts = parts;
    this.traffic = new Traffic(parts.clock, () => this.tell());
    this.line = new Line({
      clock: parts.clock,
      owner: () => parts.owner(),
      connection: () => parts.connection(),
      prove: (client) => this.way.prove(client),
      release: (client) => this.way.release?.(client),
      onBreak: () => this.breakOff(),
      onChange: () => this.changed(),
    });
    this.way = parts.wayOf(this, this.link());
  }

  get target(): SavedTunnel {
    return this.saved;
  }

  get view(): TunnelView {
    const { jupyterBasePath: _path, jupyterSecure: _secure, ...target } = this.saved;
    return {
      ...target,
      instanceName: this.parts.owner().name,
      ...this.line.story.told,
      ...this.traffic.figures,
      ...(this.line.isLeftToPerson && { leftToPerson: true }),
      ...(this.jupyter && { jupyter: this.jupyter }),
    };
  }

  get owner(): PromptOwner {
    return this.parts.owner();
  }

  get isStarted(): boolean {
    return this.started;
  }

  /** Whether its port, once it is started, is one of this machine. */
  get listensHere(): boolean {
    return this.way.serve !== undefined;
  }

  whenUp(signal: AbortSignal): Promise<Lease> {
    return this.line.whenUp(signal);
  }

  /** As `Through` says. */
  async reach(secure: boolean, signal: AbortSignal): Promise<FarEnd> {
    await this.line.whenUp(signal);
    const { remoteHost: host, remotePort: port } = this.saved;
    return this.line.channel({ host, port, secure, signal }, () => {});
  }

  /**
   * @param listener the port held for it, of those that hold one
   * @param standing of its instance: it may have to wait
   * @param interactive whether a person is there to be asked
   */
  start(
    listener: Listener | undefined,
    standing: Exclude<Standing, { kind: 'over' }>,
    interactive: boolean,
  ): void {
    this.listener = listener;
    this.started = true;
    this.traffic.begin();
    if (standing.kind === 'enterable') this.line.dial(interactive);
    else this.line.wait(standing.failure);
  }

  /** A person wants another try: questions are welcome. */
  dialAgain(): void {
    if (this.started && !this.line.isWaiting) this.line.dial(true);
  }

  /** The instance was entered for something else: what only a person could do is done. */
  followIn(): void {
    if (this.started && this.line.isLeftToPerson) this.line.dial(false);
  }

  /** The instance came to another standing: a started tunnel keeps its port and waits, comes back, or stops with a word. */
  async follow(standing: Standing): Promise<void> {
    if (!this.started) return;
    switch (standing.kind) {
      case 'over':
        this.line.story.note(standing.failure);
        await this.stop();
        break;
      case 'enterable':
        this.line.dial(false);
        break;
      case 'waits':
        this.line.wait(standing.failure);
    }
  }

  /** Works in every state, at once. */
  async stop(): Promise<void> {
    this.started = false;
    const { listener } = this;
    this.listener = undefined;
    this.line.end();
    this.breakOff();
    this.traffic.end();
    await listener?.close();
    this.tell();
  }

  change(change: Partial<SavedTunnel>): void {
    this.saved = { ...this.saved, ...change };
    this.changed();
  }

  accept(socket: Socket): void {
    this.traffic.count(socket);
    void this.way.serve?.(socket);
  }

  private link(): Link {
    const tunnel = this;
    return {
      get target() {
        return tunnel.saved;
      },
      get view() {
        return tunnel.view;
      },
      get isUp() {
        return tunnel.line.isUp;
      },
      channel: (to, refused) => this.line.channel(to, refused),
      count: (socket) => this.traffic.count(socket),
      join: (socket, channel, intercept) => {
        this.joined.add(socket);
        socket.once('close', () => this.joined.delete(socket));
        join(socket, channel, intercept);
      },
      note: (failure) => this.line.story.note(failure),
      doubt: (failure) => this.line.doubt(failure),
    };
  }

  private breakOff(): void {
    for (const socket of this.joined) socket.resetAndDestroy();
  }

  /** The health of a server is asked after while the tunnel is up, and forgotten with it. */
  private changed(): void {
    const { jupyterBasePath: basePath, jupyterSecure: secure = false } = this.saved;
    const place = this.line.isUp && basePath !== undefined ? { basePath, secure } : undefined;
    const isAsBefore =
      place?.basePath === this.watched?.basePath && place?.secure === this.watched?.secure;
    if (!isAsBefore) this.watch(place);
    this.tell();
  }

  private watch(place: JupyterPlace | undefined): void {
    this.watched?.watching.abort();
    this.watched = undefined;
    this.jupyter = undefined;
    if (!place) return;
    const watching = new AbortController();
    this.watched = { ...place, watching };
    const tell = (health: JupyterHealth) => {
      this.jupyter = health;
      this.tell();
    };
    void watchJupyter(this, place, this.parts.clock, tell, watching.signal);
  }

  private tell(): void {
    this.parts.onChange(this.view);
  }
}
