/** One tunnel: its listener outlives every connection and keeps its port; its state always says the truth. */
import type { Socket } from 'node:net';
import { CloudError, type Failure } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { pause } from '../../core/pause.ts';
import type { SavedTunnel } from '../../core/settings.ts';
import { type Connection, isPassing, type Lease } from '../ssh/connection.ts';
import type { Standing } from '../standings.ts';
import { answerFailure, type WordFailure } from './failure-page.ts';
import { join, openChannel } from './forward.ts';
import type { Listener } from './listener.ts';
import type { SignIn } from './sign-in.ts';
import { Waiters } from './waiters.ts';

export interface TunnelParts {
  readonly clock: Clock;
  /** Asked anew each time: an instance is named only once its cloud was read. */
  owner(): PromptOwner;
  readonly signIn: SignIn;
  readonly wordFailure: WordFailure;
  connection(): Promise<Connection>;
  onChange(view: TunnelView): void;
}

/** While nothing listens at the far end it is looked at again this often. */
const probeAgainMs = 5000;
const countEveryMs = 1000;

export class Tunnel {
  target: SavedTunnel;
  private readonly parts: TunnelParts;
  private state: TunnelView['state'] = 'stopped';
  private since: string;
  private reconnects = 0;
  /** Why nobody dials just now. */
  private waiting: CloudError | undefined;
  private last: { failure: Failure; at: string } | undefined;
  private listener: Listener | undefined;
  private lease: Lease | undefined;
  private running = new AbortController();
  private readonly waiters = new Waiters();
  private readonly sockets = new Set<Socket>();
  private closedBytesIn = 0;
  private closedBytesOut = 0;
  private counting: NodeJS.Timeout | undefined;

  constructor(target: SavedTunnel, parts: TunnelParts) {
    this.target = target;
    this.parts = parts;
    this.since = isoNow(parts.clock);
  }

  get view(): TunnelView {
    let bytesIn = this.closedBytesIn;
    let bytesOut = this.closedBytesOut;
    for (const socket of this.sockets) {
      bytesIn += socket.bytesWritten;
      bytesOut += socket.bytesRead;
    }
    return {
      ...this.target,
      instanceName: this.parts.owner().name,
      state: this.state,
      since: this.since,
      bytesIn,
      bytesOut,
      bytesInPerSecond: 0,
      bytesOutPerSecond: 0,
      connections: 0,
      openConnections: this.sockets.size,
      reconnects: this.reconnects,
      ...(this.last && { lastFailure: this.last.failure, lastFailureAt: this.last.at }),
    };
  }

  get isStarted(): boolean {
    return this.listener !== undefined;
  }

  /** The connection the tunnel uses now. @throws CloudError the reason why there is none */
  async whenUp(signal: AbortSignal): Promise<Lease> {
    return this.lease ?? this.waiters.wait(signal);
  }

  /** Takes a listener and begins to connect; a person may be asked. */
  start(listener: Listener): void {
    this.listener = listener;
    this.counting = setInterval(() => this.parts.onChange(this.view), countEveryMs).unref();
    this.dialAgain();
  }

  /** A person wants another try: questions are welcome. */
  dialAgain(): void {
    if (this.waiting) return;
    this.running.abort();
    this.running = new AbortController();
    void this.keepConnected(this.running.signal, true);
  }

  /** The instance came to another standing: a started tunnel keeps its port and waits, comes back, or stops with a word. */
  async follow(standing: Standing): Promise<void> {
    if (!this.isStarted) return;
    if (standing.kind === 'over') {
      this.waiting = undefined;
      await this.stop();
      this.note(standing.failure);
      return;
    }
    this.running.abort();
    this.running = new AbortController();
    if (standing.kind === 'enterable') {
      this.waiting = undefined;
      this.reconnects += 1;
      void this.keepConnected(this.running.signal, false);
      return;
    }
    this.waiting = standing.failure;
    this.waiters.fail(standing.failure);
    this.setState('reconnecting');
    this.note(standing.failure);
  }

  async stop(): Promise<void> {
    this.running.abort();
    clearInterval(this.counting);
    this.lease?.release();
    this.lease = undefined;
    this.waiters.fail(new CloudError('cancelled', 'the tunnel was stopped'));
    const { listener } = this;
    this.listener = undefined;
    this.waiting = undefined;
    await listener?.close();
    this.setState('stopped');
  }

  accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => {
      if (!this.sockets.delete(socket)) return;
      this.closedBytesIn += socket.bytesWritten;
      this.closedBytesOut += socket.bytesRead;
    });
    void this.forward(socket);
  }

  private async forward(socket: Socket): Promise<void> {
    const { remoteHost, remotePort } = this.target;
    try {
      const gone = new AbortController();
      socket.once('close', () => gone.abort());
      const lease = await this.leaseFor(gone.signal);
      const channel = await openChannel(lease.client, remoteHost, remotePort);
      if (socket.destroyed) channel.close();
      else join(socket, channel, (chunk, from) => this.parts.signIn.intercept(chunk, from, this));
      if (this.state === 'failed') this.setState('up');
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code !== 'cancelled') this.note(failure);
      await answerFailure(socket, failure, this.parts.wordFailure);
    }
  }

  /** While the connection is being made, new sockets wait a bounded time. */
  private async leaseFor(signal: AbortSignal): Promise<Lease> {
    if (this.lease) return this.lease;
    if (this.waiting) throw this.waiting;
    if (this.state === 'needs-user' || this.state === 'failed') {
      throw this.last ? CloudError.from(this.last.failure) : new CloudError('network', this.state);
    }
    return this.waiters.wait(signal);
  }

  /** @param asked whether a person wants it now, so that questions may be asked */
  private async keepConnected(signal: AbortSignal, asked: boolean): Promise<void> {
    for (let first = asked; !signal.aborted; first = false) {
      this.setState(first ? 'connecting' : 'reconnecting');
      try {
        const connection = await this.parts.connection();
        const request = { owner: this.parts.owner(), interactive: first, signal };
        const lease = await connection.acquirePersistently(request, (failure) => {
          if (signal.aborted) return;
          this.note(failure);
          if (isPassing(failure)) this.setState('reconnecting');
        });
        await this.holdUntilLost(lease, signal);
        if (!signal.aborted) this.reconnects += 1;
      } catch (error) {
        if (signal.aborted) return;
        const failure = asFailure(error);
        this.note(failure);
        this.waiters.fail(failure);
        const answerable = failure.code === 'unauthenticated' || failure.code === 'cancelled';
        this.setState(answerable ? 'needs-user' : 'failed');
        return;
      }
    }
  }

  private async holdUntilLost(lease: Lease, signal: AbortSignal): Promise<void> {
    const lost = new Promise<void>((resolve) => {
      lease.onLost((failure) => {
        if (!signal.aborted) this.note(failure);
        resolve();
      });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    if (signal.aborted) {
      lease.release();
      return;
    }
    this.lease = lease;
    const probing = this.probe(lease, signal);
    await lost;
    if (this.lease === lease) this.lease = undefined;
    lease.release();
    await probing;
  }

  /** Up only after something at the far end took a connection; until then that is looked at again and again. */
  private async probe(lease: Lease, signal: AbortSignal): Promise<void> {
    const { remoteHost, remotePort } = this.target;
    while (!signal.aborted && this.lease === lease && this.state !== 'up') {
      try {
        const channel = await openChannel(lease.client, remoteHost, remotePort);
        channel.on('error', () => {});
        channel.resume();
        channel.close();
        if (this.lease !== lease || signal.aborted) return;
        this.setState('up');
        this.waiters.succeed(lease);
        return;
      } catch (error) {
        if (this.lease !== lease || signal.aborted) return;
        const failure = asFailure(error);
        this.note(failure);
        this.waiters.fail(failure);
        this.setState('failed');
      }
      await pause(probeAgainMs, signal);
    }
  }

  private note(failure: CloudError): void {
    this.last = { failure: failure.toFailure(), at: isoNow(this.parts.clock) };
    this.parts.onChange(this.view);
  }

  private setState(state: TunnelView['state']): void {
    if (this.state !== state) {
      this.state = state;
      this.since = isoNow(this.parts.clock);
    }
    this.parts.onChange(this.view);
  }
}

const asFailure = (error: unknown): CloudError =>
  error instanceof CloudError ? error : new CloudError('internal', String(error));
