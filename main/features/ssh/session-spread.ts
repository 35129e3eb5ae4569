/** Sessions on as few connections as a server allows: where one connection is full (MaxSessions), the next is made the same way. */
import type ssh2 from 'ssh2';
import { CloudError } from '../../../preload/contract/errors.ts';
import { pause } from '../../core/pause.ts';
import type { Lease, LeaseRequest } from './lease.ts';

/** A connection, as far as sessions need it. */
export interface SessionCarrier {
  acquire(request: LeaseRequest): Promise<Lease>;
  /** How many hold it, for whatever purpose. */
  readonly holders: number;
  /** Itself, whatever was made beside it for want of room. */
  readonly isConnected: boolean;
  readonly isIdle: boolean;
  moveTo(isOurs: (address: string) => boolean): void;
  drop(failure: CloudError): void;
  close(): void;
}

interface Place {
  readonly carrier: SessionCarrier;
  sessions: number;
}

/** A shell that was just closed may still be counted by the server, a busy one for a while. */
const partingPausesMs = [150, 300, 600, 1200];

export class SessionSpread {
  private readonly first: Place;
  private readonly createAnother: () => SessionCarrier;
  private others: Place[] = [];
  /** Sessions one connection takes, as far as the server has shown. */
  private limit = Number.POSITIVE_INFINITY;

  constructor(first: SessionCarrier, createAnother: () => SessionCarrier) {
    this.first = { carrier: first, sessions: 0 };
    this.createAnother = createAnother;
  }

  /** @throws CloudError as `acquire` and `open`; quota `ssh-sessions-full` */
  async open<Channel>(
    request: LeaseRequest,
    open: (client: ssh2.Client) => Promise<Channel>,
  ): Promise<{ readonly channel: Channel; readonly lease: Lease }> {
    // What was refused once may have been for another reason, or another server's: it is not held for ever.
    if (this.isEmpty) this.limit = Number.POSITIVE_INFINITY;
    const full = new Set<Place>();
    for (;;) {
      const place = this.placeWithRoom(full) ?? this.another(request);
      const opened = await this.openAt(place, request, open);
      if (opened === 'stale') continue;
      if (opened !== 'refused') return opened;
      full.add(place);
      if (place.sessions > 0) this.limit = place.sessions;
    }
  }

  /** Whether any that was made for want of room is up. */
  get isUp(): boolean {
    return this.others.some(({ carrier }) => carrier.isConnected);
  }

  moveTo(isOurs: (address: string) => boolean): void {
    for (const { carrier } of this.others) carrier.moveTo(isOurs);
  }

  /** Ends what was made for want of room. */
  drop(failure: CloudError): void {
    for (const { carrier } of this.others) carrier.drop(failure);
  }

  close(): void {
    for (const { carrier } of this.others) carrier.close();
  }

  private get isEmpty(): boolean {
    return [this.first, ...this.others].every(({ sessions }) => sessions === 0);
  }

  private placeWithRoom(full: ReadonlySet<Place>): Place | undefined {
    this.others = this.others.filter(({ carrier, sessions }) => sessions > 0 || !carrier.isIdle);
    const hasRoom = (place: Place) => place.sessions < this.limit && !full.has(place);
    return [this.first, ...this.others].find(hasRoom);
  }

  private another({ keepsOpen = true }: LeaseRequest): Place {
    // Who only looks in makes no connection for it.
    if (!keepsOpen) throw this.isFull();
    const place = { carrier: this.createAnother(), sessions: 0 };
    this.others.push(place);
    return place;
  }

  /**
   * @returns `refused` where another connection may have room; `stale` where one that was up before turned out to be
   *   gone: whoever asks next has a new one
   */
  private async openAt<Channel>(
    place: Place,
    request: LeaseRequest,
    open: (client: ssh2.Client) => Promise<Channel>,
  ): Promise<{ readonly channel: Channel; readonly lease: Lease } | 'refused' | 'stale'> {
    const wasUp = place.carrier.isConnected;
    place.sessions += 1;
    let isOver = false;
    let isLost = false;
    const leave = () => {
      if (!isOver) place.sessions -= 1;
      isOver = true;
    };
    let lease: Lease | undefined;
    try {
      const held = await place.carrier.acquire(request);
      lease = held;
      held.onLost(() => {
        isLost = true;
        leave();
      });
      const channel = await this.openPatiently(place, () => open(held.client), request.signal);
      return { channel, lease: counted(held, leave) };
    } catch (error) {
      leave();
      const isAlone = place === this.first ? place.carrier.holders <= 1 : place.sessions === 0;
      lease?.release();
      // Who only looks in has no other made for it.
      const { keepsOpen = true, signal } = request;
      if (wasUp && isLost && keepsOpen && !signal.aborted) return 'stale';
      if (!lease && place !== this.first) throw this.explain(error as CloudError);
      // With nothing of ours in its way another connection would be refused the same.
      if (!isRefusedChannel(error) || isAlone) throw error;
      return 'refused';
    }
  }

  private async openPatiently<Channel>(
    place: Place,
    open: () => Promise<Channel>,
    signal: AbortSignal,
  ): Promise<Channel> {
    for (const pauseMs of partingPausesMs) {
      try {
        return await open();
      } catch (error) {
        if (!isRefusedChannel(error) || place.sessions > 1) throw error;
        await pause(pauseMs, signal);
      }
    }
    return open();
  }

  /** Why there is no other connection; what a person decided is told as it is. */
  private explain(failure: CloudError): CloudError {
    return failure.code === 'cancelled' ? failure : this.isFull(failure);
  }

  private isFull(cause?: CloudError): CloudError {
    const limit = Number.isFinite(this.limit) ? this.limit : 1;
    const rule = { id: 'ssh-sessions-full', params: { limit } };
    return new CloudError('quota', cause?.message ?? rule.id, { rule, cause });
  }
}

/** What openers make of a channel that was not opened; ssh2's own error carries the server's reason. */
function isRefusedChannel(error: unknown): boolean {
  if (error instanceof CloudError) return error.rule?.id === 'ssh-channel-refused';
  return typeof (error as { readonly reason?: unknown }).reason === 'number';
}

const counted = (lease: Lease, leave: () => void): Lease => ({
  client: lease.client,
  onLost: (handler) =>
    lease.onLost((failure) => {
      leave();
      handler(failure);
    }),
  release: () => {
    leave();
    lease.release();
  },
});
