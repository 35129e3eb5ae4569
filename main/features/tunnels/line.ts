/** The connection under a started tunnel: dialled, proven, lost and dialled again; its state always says the truth. */
import type ssh2 from 'ssh2';
import { CloudError, type Failure } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { Tunnel as TunnelView } from '../../../preload/contract/tunnels.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { pause } from '../../core/pause.ts';
import { type Connection, isPassing, type Lease } from '../ssh/connection.ts';
import { asCloudError } from './as-cloud-error.ts';
import { openChannel } from './open-channel.ts';
import { Waiters } from './waiters.ts';
import type { Link } from './way.ts';

export interface LineParts {
  readonly clock: Clock;
  owner(): PromptOwner;
  connection(): Promise<Connection>;
  /** @throws CloudError why nothing gets through */
  prove(client: ssh2.Client): Promise<void>;
  release(client: ssh2.Client): void;
  /** The connection broke, under whoever was using it. */
  onBreak(): void;
  onChange(): void;
}

type Story = Pick<
  TunnelView,
  'state' | 'since' | 'reconnects' | 'nextAttemptAt' | 'lastFailure' | 'lastFailureAt'
>;

interface Noted {
  readonly failure: Failure;
  readonly at: string;
}

/** While nothing answers at the far end it is looked at again this often. */
const probeAgainMs = 5000;

export class Line {
  private readonly parts: LineParts;
  private readonly waiters = new Waiters();
  private state: TunnelView['state'] = 'stopped';
  private since: string;
  private reconnects = 0;
  private nextAttemptAtMs: number | undefined;
  private last: Noted | undefined;
  /** What it waits for before it was ever connected: no interruption, so forgotten once it goes on. */
  private hurdle: Noted | undefined;
  private lease: Lease | undefined;
  /** Ends when it is known whether the far end answers. */
  private probing = new AbortController();
  private wasConnected = false;
  /** Whether the next connection is one more after one that was lost. */
  private wasLost = false;
  /** Why nobody dials just now. */
  private waiting: CloudError | undefined;
  /** Nobody could tell how to reach the instance: it was left out of the list, or is still being made. */
  private knowsNoWay = false;
  /** Ends with the dialling, and with the connection that came of it. */
  private running = new AbortController();

  constructor(parts: LineParts) {
    this.parts = parts;
    this.since = isoNow(parts.clock);
  }

  get story(): Story {
    const noted = this.hurdle ?? this.last;
    return {
      state: this.state,
      since: this.since,
      reconnects: this.reconnects,
      ...(this.nextAttemptAtMs !== undefined && {
        nextAttemptAt: new Date(this.nextAttemptAtMs).toISOString(),
      }),
      ...(noted && { lastFailure: noted.failure, lastFailureAt: noted.at }),
    };
  }

  get isUp(): boolean {
    return this.state === 'up';
  }

  get isWaiting(): boolean {
    return this.waiting !== undefined;
  }

  /** Whether another state of the instance may mend what keeps it from being dialled. */
  get awaitsInstance(): boolean {
    return this.isWaiting || this.knowsNoWay;
  }

  /** Gives up what is under way and begins anew; it never ends by itself. @param interactive whether a person may be asked */
  dial(interactive: boolean): void {
    this.running.abort();
    this.running = new AbortController();
    this.waiting = this.hurdle = undefined;
    const state = this.wasConnected && !interactive ? 'reconnecting' : 'connecting';
    void this.keepConnected(this.running.signal, state, interactive);
  }

  /** Nobody dials until `dial` is called again. */
  wait(reason: CloudError): void {
    this.wasLost = this.wasConnected;
    this.running.abort();
    this.waiting = reason;
    this.waiters.fail(reason);
    if (this.wasConnected) this.note(reason);
    else this.hurdle = this.noted(reason);
    this.setState(this.wasConnected ? 'reconnecting' : 'connecting');
  }

  end(): void {
    this.running.abort();
    this.waiting = this.hurdle = undefined;
    this.wasConnected = this.wasLost = false;
    this.waiters.fail(new CloudError('cancelled', 'the tunnel was stopped'));
    this.setState('stopped');
  }

  /** It was not started, and why. */
  rest(state: 'stopped' | 'needs-user' | 'failed', reason: CloudError): void {
    if (state === 'needs-user') this.hurdle = this.noted(reason);
    else this.note(reason);
    this.setState(state);
  }

  note(failure: CloudError, nextAttemptAtMs?: number): void {
    this.hurdle = undefined;
    this.last = this.noted(failure);
    this.nextAttemptAtMs = nextAttemptAtMs;
    this.parts.onChange();
  }

  private noted(failure: CloudError): Noted {
    return { failure: failure.toFailure(), at: isoNow(this.parts.clock) };
  }

  /** What answered before does not any more: it is not up until it does again. */
  doubt(failure: CloudError): void {
    this.note(failure);
    if (this.state !== 'up' || !this.lease) return;
    this.setState('failed');
    void this.probe(this.lease);
  }

  /** The connection there is, or the next. @throws CloudError the reason why there is none */
  async whenUp(signal: AbortSignal): Promise<Lease> {
    return this.lease ?? this.waiters.wait(signal);
  }

  /** As `Link.channel` says. */
  async channel(
    { host, port, signal }: Parameters<Link['channel']>[0],
    refused: (failure: CloudError) => void,
  ): Promise<ssh2.ClientChannel> {
    let lease = await this.leaseFor(signal);
    for (;;) {
      try {
        const channel = await openChannel(lease.client, host, port);
        // Not one that came late, of a connection let go of meanwhile.
        if (this.state === 'failed' && this.lease === lease) this.setState('up');
        return channel;
      } catch (error) {
        const failure = asCloudError(error);
        if (failure.rule?.id !== 'ssh-connection-closed') {
          refused(failure);
          throw failure;
        }
        // The connection ended under the client's feet: it waits for the next like everybody else.
        lease = await (this.lease === lease ? this.waiters.wait(signal) : this.leaseFor(signal));
      }
    }
  }

  private async leaseFor(signal: AbortSignal): Promise<Lease> {
    if (this.lease) return this.lease;
    if (this.waiting) throw this.waiting;
    if (this.state === 'needs-user' || this.state === 'failed') {
      throw this.last ? CloudError.from(this.last.failure) : new CloudError('network', this.state);
    }
    return this.waiters.wait(signal);
  }

  private async keepConnected(
    signal: AbortSignal,
    state: 'connecting' | 'reconnecting',
    interactive: boolean,
  ): Promise<void> {
    this.setState(state);
    for (let first = true; !signal.aborted; first = false) {
      try {
        const lease = await this.acquire(signal, interactive && first);
        await this.hold(lease, signal);
      } catch (error) {
        if (signal.aborted) return;
        const failure = asCloudError(error);
        this.note(failure);
        if (!isPassing(failure)) {
          this.waiters.fail(failure);
          const answerable = failure.code === 'unauthenticated' || failure.code === 'cancelled';
          this.setState(answerable ? 'needs-user' : 'failed');
          return;
        }
        await pause(probeAgainMs, signal);
      }
      if (!signal.aborted) this.setState('reconnecting');
    }
  }

  private async acquire(signal: AbortSignal, interactive: boolean): Promise<Lease> {
    this.knowsNoWay = true;
    const connection = await this.parts.connection();
    this.knowsNoWay = false;
    const request = { owner: this.parts.owner(), interactive, signal };
    return connection.acquirePersistently(request, (failure, nextAttemptAtMs) => {
      if (signal.aborted || !isPassing(failure)) return;
      this.setState('reconnecting');
      this.note(failure, nextAttemptAtMs);
    });
  }

  /** Until the connection is lost, or let go of. */
  private hold(lease: Lease, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const letGo = () => {
        signal.removeEventListener('abort', letGo);
        if (this.lease === lease) {
          this.lease = undefined;
          this.probing.abort();
          this.parts.release(lease.client);
        }
        lease.release();
        resolve();
      };
      lease.onLost((failure) => {
        this.wasLost = true;
        this.parts.onBreak();
        this.note(failure);
        letGo();
      });
      signal.addEventListener('abort', letGo);
      if (signal.aborted) {
        letGo();
        return;
      }
      this.lease = lease;
      if (this.wasLost) this.reconnects += 1;
      this.wasLost = false;
      this.wasConnected = true;
      void this.probe(lease);
    });
  }

  /** Up only after the far end answered; until then it is looked at again and again. */
  private async probe(lease: Lease): Promise<void> {
    this.probing.abort();
    this.probing = new AbortController();
    const { signal } = this.probing;
    // A client that got through meanwhile is proof enough.
    while (!signal.aborted && this.state !== 'up') {
      try {
        await this.parts.prove(lease.client);
        if (signal.aborted) return;
        this.setState('up');
        this.waiters.succeed(lease);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const failure = asCloudError(error);
        this.note(failure);
        this.waiters.fail(failure);
        this.setState('failed');
      }
      await pause(probeAgainMs, signal);
    }
  }

  private setState(state: TunnelView['state']): void {
    this.nextAttemptAtMs = undefined;
    if (this.state !== state) {
      this.state = state;
      this.since = isoNow(this.parts.clock);
    }
    this.parts.onChange();
  }
}
