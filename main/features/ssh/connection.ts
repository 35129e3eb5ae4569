/** One shared SSH connection to one instance: terminals, tunnels and probes hold leases on it. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { PromptOwner } from '../../../preload/contract/prompts.ts';
import { backoffMs } from './backoff.ts';

/** The connection is kept this long after its last user, so that the next one need not log in again. */
const lingerMs = 60_000;

export interface Lease {
  readonly client: ssh2.Client;
  /** Called once when the connection is lost; not after `release`. */
  onLost(handler: (failure: CloudError) => void): void;
  release(): void;
}

export interface LeaseRequest {
  readonly owner: PromptOwner;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** False for those who only use a connection that is there anyway; default true. */
  readonly keepsOpen?: boolean;
}

export type Dial = (request: LeaseRequest) => Promise<ssh2.Client>;

/** Failures that time alone can mend; everything else waits for a person. */
export const isPassing = (failure: CloudError): boolean =>
  failure.code === 'network' || failure.code === 'timeout';

export class Connection {
  private client: ssh2.Client | undefined;
  private dialling: { promise: Promise<ssh2.Client>; interactive: boolean } | undefined;
  private readonly leases = new Set<LostHandler>();
  private lingering: NodeJS.Timeout | undefined;
  private failures = 0;
  private retry: { readonly due: Promise<void>; wake(): void } | undefined;
  private needsPerson: CloudError | undefined;
  private readonly dial: Dial;
  private readonly onChange: () => void;

  constructor(dial: Dial, onChange: () => void) {
    this.dial = dial;
    this.onChange = onChange;
  }

  get isUp(): boolean {
    return this.client !== undefined;
  }

  get isIdle(): boolean {
    return !this.client && !this.dialling && !this.retry;
  }

  /** One attempt. @throws CloudError */
  async acquire(request: LeaseRequest): Promise<Lease> {
    // After a refused login nobody dials again without a person: servers ban those who do.
    if (this.needsPerson && !request.interactive) throw this.needsPerson;
    return this.lease(await this.share(request), request.keepsOpen ?? true);
  }

  /**
   * Opens a channel that counts as one of the server's sessions: a shell, a command, SFTP.
   * @throws CloudError as `acquire`, or what `open` threw
   */
  async openSession<Channel>(
    request: LeaseRequest,
    open: (client: ssh2.Client) => Promise<Channel>,
  ): Promise<{ readonly channel: Channel; readonly lease: Lease }> {
    const lease = await this.acquire(request);
    try {
      return { channel: await open(lease.client), lease };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /**
   * Tries until it works, waiting between attempts; all waiters share the same attempts.
   * @param onFailure told of every failed attempt
   * @throws CloudError when only a person can help, or cancelled
   */
  async acquirePersistently(
    request: LeaseRequest,
    onFailure: (failure: CloudError) => void,
  ): Promise<Lease> {
    for (;;) {
      try {
        return await this.acquire(request);
      } catch (error) {
        const failure = error as CloudError;
        onFailure(failure);
        if (request.signal.aborted || !isPassing(failure)) throw failure;
        await abortable(this.nextRetry(), request.signal);
      }
    }
  }

  /** The network came back or the machine woke up: waiting attempts are made now. */
  retryNow(): void {
    this.failures = 0;
    this.retry?.wake();
  }

  /** The connection cannot be trusted any more, as after sleep: whoever wants one now gets a new one. */
  drop(): void {
    const { client } = this;
    if (!client) return;
    this.lose(client, refusal('network', 'ssh-connection-closed'));
    client.destroy();
  }

  close(): void {
    clearTimeout(this.lingering);
    this.client?.end();
  }

  private async share(request: LeaseRequest): Promise<ssh2.Client> {
    if (this.client) return this.client;
    if (this.dialling) {
      const { promise, interactive } = this.dialling;
      try {
        return await abortable(promise, request.signal);
      } catch (error) {
        // The attempt of somebody who could not ask, or who gave up, says nothing about ours.
        const { code } = error as CloudError;
        const ours = request.interactive && !interactive && code === 'unauthenticated';
        const givenUp = code === 'cancelled' && !request.signal.aborted;
        if (!ours && !givenUp) throw error;
        return this.share(request);
      }
    }
    const promise = this.dial(request);
    const dialling = { promise, interactive: request.interactive };
    this.dialling = dialling;
    try {
      const client = await promise;
      this.adopt(client);
      return client;
    } catch (error) {
      const failure = error as CloudError;
      if (isPassing(failure)) this.failures += 1;
      else if (!request.signal.aborted) this.needsPerson = failure;
      throw failure;
    } finally {
      if (this.dialling === dialling) this.dialling = undefined;
      this.onChange();
    }
  }

  private adopt(client: ssh2.Client): void {
    this.client = client;
    this.failures = 0;
    this.needsPerson = undefined;
    let reason: CloudError | undefined;
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level === 'agent') return;
      const id = /keepalive/i.test(error.message) ? 'ssh-keepalive-lost' : 'ssh-connection-lost';
      reason = refusal('network', id, { detail: error.message.slice(0, 200) });
    });
    client.on('close', () => {
      this.lose(client, reason ?? refusal('network', 'ssh-connection-closed'));
    });
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
        this.lingering ??= setTimeout(() => this.client?.end(), lingerMs).unref();
      },
    };
  }

  /** Somebody uses it, or it is gone: nothing is to be ended in a while. */
  private stay(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
  }

  /** One wait for all who wait. */
  private nextRetry(): Promise<void> {
    if (!this.retry) {
      let wake = () => {};
      const due = new Promise<void>((resolve) => {
        const timer = setTimeout(() => wake(), backoffMs(this.failures, Math.random()));
        wake = () => {
          clearTimeout(timer);
          this.retry = undefined;
          resolve();
        };
      });
      this.retry = { due, wake: () => wake() };
    }
    return this.retry.due;
  }
}

interface LostHandler {
  readonly keepsOpen: boolean;
  lost(failure: CloudError): void;
}

function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CloudError('cancelled', 'cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
