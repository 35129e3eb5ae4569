/** One shared SSH connection to one instance: terminals, tunnels and probes hold leases on it. */
import type ssh2 from 'ssh2';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import { abortable } from './abortable.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { type Dial, type Dialled, isPassing, type Lease, type LeaseRequest } from './lease.ts';
import { createRetrySchedule, type RetrySchedule } from './retry-schedule.ts';
import { type SessionCarrier, SessionSpread } from './session-spread.ts';
import { takeLeave } from './take-leave.ts';

/** The connection is kept this long after its last user, so that the next one need not log in again. */
const lingerMs = 60_000;

export class Connection implements SessionCarrier {
  private client: ssh2.Client | undefined;
  private localAddress: string | undefined;
  private dialling: { promise: Promise<Dialled>; interactive: boolean } | undefined;
  private readonly leases = new Set<LostHandler>();
  private lingering: NodeJS.Timeout | undefined;
  private needsPerson: CloudError | undefined;
  private lastFailure: CloudError | undefined;
  private readonly sessions: SessionSpread;
  private readonly attempts: Attempts;
  private readonly onChange: () => void;
  private readonly schedule: RetrySchedule;

  /** @param again makes another one like that which is up */
  constructor(
    dial: Dial,
    onChange: () => void,
    schedule = createRetrySchedule(),
    again: Dial = dial,
  ) {
    this.attempts = createAttempts(dial, schedule);
    this.onChange = onChange;
    this.schedule = schedule;
    this.sessions = new SessionSpread(this, () => new Connection(again, onChange));
  }

  get isConnected(): boolean {
    return this.client !== undefined;
  }

  /** Itself, or what was made beside it for want of room. */
  get isUp(): boolean {
    return this.isConnected || this.sessions.isUp;
  }

  get isIdle(): boolean {
    return !this.isUp && !this.dialling && !this.schedule.isWaiting();
  }

  get holders(): number {
    return this.leases.size;
  }

  /** One attempt. @throws CloudError */
  async acquire(request: LeaseRequest): Promise<Lease> {
    // After a refused login nobody dials again without a person: servers ban those who do.
    if (this.needsPerson && !request.interactive) throw this.needsPerson;
    return this.lease(await this.share(request), request.keepsOpen ?? true);
  }

  /**
   * For a machine behind this one. Between attempts the last failure holds: many behind it are one who dials.
   * @throws CloudError as `acquire`
   */
  async acquireOnTheWay(request: LeaseRequest): Promise<Lease> {
    const dueAtMs = this.schedule.nextAttemptAtMs() ?? 0;
    if (!request.interactive && this.lastFailure && dueAtMs > Date.now()) throw this.lastFailure;
    return this.acquire(request);
  }

  /**
   * Opens a channel that counts as one of the server's sessions: a shell, a command, SFTP. Where the server takes no
   * more of them on one connection, it is opened on another one made the same way. Its lease is let go of with it.
   * @throws CloudError as `acquire`, what `open` threw, or quota `ssh-sessions-full`
   */
  openSession<Channel>(
    request: LeaseRequest,
    open: (client: ssh2.Client) => Promise<Channel>,
  ): Promise<{ readonly channel: Channel; readonly lease: Lease }> {
    return this.sessions.open(request, open);
  }

  /**
   * Tries until it works, waiting between attempts; all waiters share the same attempts.
   * @param onFailure told of every failed attempt, and when the next is due (milliseconds since 1970); undefined:
   *   there is none, or it waits for the network
   * @throws CloudError when only a person can help, or cancelled
   */
  async acquirePersistently(
    request: LeaseRequest,
    onFailure: (failure: CloudError, nextAttemptAtMs?: number) => void,
  ): Promise<Lease> {
    for (;;) {
      await this.held(request, onFailure);
      try {
        return await this.acquire(request);
      } catch (error) {
        const failure = error as CloudError;
        const isOver = request.signal.aborted || !isPassing(failure);
        onFailure(failure, isOver ? undefined : this.schedule.nextAttemptAtMs());
        if (isOver) throw failure;
        await abortable(this.schedule.due(), request.signal);
      }
    }
  }

  /** What was missing or wrong was given since: it may be tried once more without a person. */
  forgive(): void {
    this.needsPerson = undefined;
  }

  /** The network came back, or a person wants it: waiting attempts are made now. */
  retryNow(): void {
    this.schedule.wake();
  }

  /** The machine woke up: what was up cannot be trusted, and the network needs a moment. */
  resumeAfter(graceMs: number): void {
    this.schedule.hold(graceMs);
    this.drop(refusal('network', 'ssh-after-sleep'));
  }

  /**
   * The network is another: from an address that is not this machine's any more nothing ever comes back, and who waits
   * for a first word may wait for one that was lost.
   */
  moveTo(isOurs: (address: string) => boolean): void {
    this.sessions.moveTo(isOurs);
    this.attempts.callOff();
    const { client, localAddress: address } = this;
    if (!client || address === undefined || isOurs(address)) return;
    this.lose(client, refusal('network', 'ssh-address-gone', { address }));
    client.destroy();
  }

  /** The connection cannot be trusted any more: whoever wants one now gets a new one. */
  drop(failure = refusal('network', 'ssh-connection-closed')): void {
    this.sessions.drop(failure);
    this.attempts.callOff();
    const { client } = this;
    if (!client) return;
    this.lose(client, failure);
    client.destroy();
  }

  close(): void {
    clearTimeout(this.lingering);
    this.sessions.close();
    this.leave();
  }

  /** While there is no network, and right after sleep, nobody dials whom no person asked to. */
  private async held(
    { interactive, signal }: LeaseRequest,
    onFailure: (failure: CloudError, nextAttemptAtMs?: number) => void,
  ): Promise<void> {
    if (interactive || this.client || !this.schedule.isHeld()) return;
    const due = this.schedule.due();
    const nextAttemptAtMs = this.schedule.nextAttemptAtMs();
    if (nextAttemptAtMs === undefined) onFailure(refusal('network', 'ssh-offline'));
    await abortable(due, signal);
  }

  private async share(request: LeaseRequest): Promise<ssh2.Client> {
    if (this.client) return this.client;
    if (this.dialling) {
      const { promise, interactive } = this.dialling;
      try {
        return (await abortable(promise, request.signal)).client;
      } catch (error) {
        // The attempt of somebody who could not ask, or who went away, says nothing about ours; a person's no does.
        const { code } = error as CloudError;
        const ours = request.interactive && !interactive && code === 'unauthenticated';
        const isNo = error === this.needsPerson;
        const givenUp = code === 'cancelled' && !request.signal.aborted && !isNo;
        if (!ours && !givenUp) throw error;
        return this.share(request);
      }
    }
    const promise = this.attempts.reach(request);
    const dialling = { promise, interactive: request.interactive };
    this.dialling = dialling;
    try {
      const dialled = await promise;
      this.adopt(dialled);
      return dialled.client;
    } catch (error) {
      const failure = error as CloudError;
      if (isPassing(failure)) {
        this.lastFailure = failure;
        this.schedule.failed();
      } else if (!request.signal.aborted) this.needsPerson = failure;
      throw failure;
    } finally {
      if (this.dialling === dialling) this.dialling = undefined;
      this.onChange();
    }
  }

  private adopt({ client, whyLost, localAddress }: Dialled): void {
    this.client = client;
    this.localAddress = localAddress;
    this.schedule.succeeded();
    this.needsPerson = undefined;
    this.lastFailure = undefined;
    let reason: Error | undefined;
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level !== 'agent') reason = error;
    });
    client.on('close', () => this.lose(client, whyLost(reason)));
  }

  /** Said farewell to, it is not lent any more, however long the server takes to answer. */
  private leave(): void {
    const { client } = this;
    if (!client) return;
    this.lose(client, refusal('network', 'ssh-connection-closed'));
    takeLeave(client);
  }

  private lose(client: ssh2.Client, failure: CloudError): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.stay();
    const handlers = [...this.leases];
    this.leases.clear();
    this.onChange();
    for (const handler of handlers) handler.lost(failure);
  }

  private lease(client: ssh2.Client, keepsOpen: boolean): Lease {
    const handler: LostHandler = { lost: () => {}, keepsOpen };
    this.leases.add(handler);
    if (keepsOpen) this.stay();
    return {
      client,
      onLost: (lost) => {
        handler.lost = lost;
      },
      release: () => {
        if (!this.leases.delete(handler)) return;
        if ([...this.leases].some((other) => other.keepsOpen)) return;
        // Who only looks in does not put the end off; but whoever dialled just to look leaves an end behind.
        if (keepsOpen) this.stay();
        this.lingering ??= setTimeout(() => this.leave(), lingerMs).unref();
      },
    };
  }

  /** Somebody uses it, or it is gone: nothing is to be ended in a while. */
  private stay(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
  }
}

interface LostHandler {
  readonly keepsOpen: boolean;
  lost(failure: CloudError): void;
}
