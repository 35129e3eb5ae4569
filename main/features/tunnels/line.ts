/** The connection under a started tunnel: dialled, proven, lost and dialled again; its state always says the truth. */
import type ssh2 from 'ssh2';
import { CloudError } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import type { Clock } from '../../core/clock.ts';
import { pause } from '../../core/pause.ts';
import type { Connection } from '../ssh/connection.ts';
import { isPassing, type Lease } from '../ssh/lease.ts';
import { asCloudError } from './as-cloud-error.ts';
import type { FarEnd } from './forward.ts';
import { LineStory } from './line-story.ts';
import { openChannel } from './open-channel.ts';
import { secureEnd } from './secure-end.ts';
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

/** While nothing answers at the far end it is looked at again this often. */
const probeAgainMs = 5000;

export class Line {
  readonly story: LineStory;
  private readonly parts: LineParts;
  private readonly waiters = new Waiters();
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
    this.story = new LineStory(parts.clock, () => parts.onChange());
  }

  get isUp(): boolean {
    return this.story.state === 'up';
  }

  get isWaiting(): boolean {
    return this.waiting !== undefined;
  }

  /** Whether another state of the instance may mend what keeps it from being dialled. */
  get awaitsInstance(): boolean {
    return this.isWaiting || this.knowsNoWay;
  }

  /** Whether it stays as it is until a person does something. */
  get isLeftToPerson(): boolean {
    const { state } = this.story;
    const isOver = state === 'needs-user' || (state === 'failed' && !this.lease);
    return isOver && !this.awaitsInstance;
  }

  /** Gives up what is under way and begins anew; it never ends by itself. @param interactive whether a person may be asked */
  dial(interactive: boolean): void {
    this.running.abort();
    this.running = new AbortController();
    this.waiting = undefined;
    this.story.goOn();
    const state = this.wasConnected && !interactive ? 'reconnecting' : 'connecting';
    void this.keepConnected(this.running.signal, state, interactive);
  }

  /** Nobody dials until `dial` is called again. */
  wait(reason: CloudError): void {
    this.wasLost = this.wasConnected;
    this.running.abort();
    this.waiting = reason;
    this.waiters.fail(reason);
    if (!this.wasConnected) {
      this.story.hinder('connecting', reason);
      return;
    }
    this.story.note(reason);
    this.story.enter('reconnecting');
  }

  end(): void {
    this.running.abort();
    this.waiting = undefined;
    this.story.goOn();
    this.wasConnected = this.wasLost = false;
    this.waiters.fail(new CloudError('cancelled', 'the tunnel was stopped'));
    this.story.enter('stopped');
  }

  /** It was not started, and why. */
  rest(state: 'stopped' | 'needs-user' | 'failed', reason: CloudError): void {
    if (state === 'needs-user') {
      this.story.hinder(state, reason);
      return;
    }
    this.story.note(reason);
    this.story.enter(state);
  }

  /** What answered before does not any more: it is not up until it does again. */
  doubt(failure: CloudError): void {
    this.story.note(failure);
    if (this.story.state !== 'up' || !this.lease) return;
    this.story.enter('failed');
    void this.probe(this.lease);
  }

  /** The connection there is, or the next. @throws CloudError the reason why there is none */
  async whenUp(signal: AbortSignal): Promise<Lease> {
    if (this.waiting) throw this.waiting;
    return this.lease ?? this.waiters.wait(signal);
  }

  /** As `Link.channel` says. */
  async channel(
    to: Parameters<Link['channel']>[0],
    refused: (failure: CloudError) => void,
  ): Promise<FarEnd> {
    const { host, port, secure } = to;
    let lease = await this.leaseFor(to);
    for (;;) {
      try {
        const channel = await openChannel(lease.client, host, port);
        // Not one that came late, of a connection let go of meanwhile.
        if (this.story.state === 'failed' && this.lease === lease) this.story.enter('up');
        return secure ? await secureEnd(channel, host, port) : channel;
      } catch (error) {
        const failure = asCloudError(error);
        const isLost = failure.rule?.id === 'ssh-connection-closed' || this.lease !== lease;
        if (!isLost) {
          refused(failure);
          throw failure;
        }
        // The connection ended under the client's feet: it waits for the next like everybody else.
        lease = await (this.lease === lease ? this.next(to) : this.leaseFor(to));
      }
    }
  }

  private async leaseFor(to: Parameters<Link['channel']>[0]): Promise<Lease> {
    if (this.lease) return this.lease;
    if (this.waiting) throw this.waiting;
    const { state, lastFailure } = this.story.told;
    if (state === 'needs-user' || state === 'failed') {
      throw lastFailure ? CloudError.from(lastFailure) : new CloudError('network', state);
    }
    return this.next(to);
  }

  private next({ signal, wait }: Parameters<Link['channel']>[0]): Promise<Lease> {
    const waiting = (until: AbortSignal) => this.waiters.wait(until);
    return wait ? wait(waiting) : waiting(signal);
  }

  private async keepConnected(
    signal: AbortSignal,
    state: 'connecting' | 'reconnecting',
    interactive: boolean,
  ): Promise<void> {
    this.story.enter(state);
    for (let first = true; !signal.aborted; first = false) {
      try {
        const lease = await this.acquire(signal, interactive && first);
        await this.hold(lease, signal);
      } catch (error) {
        if (signal.aborted) return;
        const failure = asCloudError(error);
        this.story.note(failure);
        if (!isPassing(failure)) {
          this.waiters.fail(failure);
          const answerable = failure.code === 'unauthenticated' || failure.code === 'cancelled';
          this.story.enter(answerable ? 'needs-user' : 'failed');
          return;
        }
        await pause(probeAgainMs, signal);
      }
      if (!signal.aborted) this.story.enter('reconnecting');
    }
  }

  private async acquire(signal: AbortSignal, interactive: boolean): Promise<Lease> {
    this.knowsNoWay = true;
    const connection = await this.parts.connection();
    this.knowsNoWay = false;
    const request = { owner: this.parts.owner(), interactive, signal };
    return connection.acquirePersistently(request, (failure, nextAttemptAtMs) => {
      if (signal.aborted || !isPassing(failure)) return;
      this.story.enter('reconnecting');
      this.story.note(failure, nextAttemptAtMs);
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
        this.story.note(failure);
        letGo();
      });
      signal.addEventListener('abort', letGo);
      if (signal.aborted) {
        letGo();
        return;
      }
      this.lease = lease;
      if (this.wasLost) this.story.reconnected();
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
    while (!signal.aborted && this.story.state !== 'up') {
      try {
        await this.parts.prove(lease.client);
        if (signal.aborted) return;
        this.story.enter('up');
        this.waiters.succeed(lease);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const failure = asCloudError(error);
        this.story.note(failure);
        this.waiters.fail(failure);
        this.story.enter('failed');
      }
      await pause(probeAgainMs, signal);
    }
  }
}
