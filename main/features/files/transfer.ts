/** One transfer as everybody sees it: where it stands, what holds it up, how far it is. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { ConflictChoice, Transfer as TransferView } from '../../../preload/contract/files.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { Speed } from './speed.ts';

export type Conflict = Omit<NonNullable<TransferView['conflict']>, 'remaining'>;
export type Identity = Pick<
  TransferView,
  'instance' | 'instanceName' | 'direction' | 'name' | 'directory'
>;
type Ending = { readonly state: 'done' | 'failed' | 'cancelled'; readonly failure?: CloudError };

const tellEveryMs = 250;
const mostProblems = 20;

/** What can hold a transfer up; several can at once. */
interface Holds {
  queued: boolean;
  preparing: boolean;
  paused: boolean;
  waiting: boolean;
  stalled: boolean;
}

export class Transfer {
  readonly id = randomUUID();
  readonly identity: Identity;
  items = 0;
  itemsDone = 0;
  bytes = 0;
  bytesDone = 0;
  private readonly holds: Holds = {
    queued: true,
    preparing: true,
    paused: false,
    waiting: false,
    stalled: false,
  };
  private conflict: { readonly about: Conflict; readonly remaining: number } | undefined;
  private answer: ((choice: ConflictChoice, forAll: boolean) => void) | undefined;
  private failure: CloudError | undefined;
  private ending: Ending | undefined;
  private endedAt: string | undefined;
  private readonly problems: TransferView['problems'][number][] = [];
  private readonly abort = new AbortController();
  private readonly waiters = new Set<() => void>();
  private readonly startedAt: string;
  private readonly speed: Speed;
  private readonly clock: Clock;
  private readonly onChange: (view: TransferView) => void;
  private readonly ticking: NodeJS.Timeout;

  constructor(identity: Identity, clock: Clock, onChange: (view: TransferView) => void) {
    this.identity = identity;
    this.clock = clock;
    this.onChange = onChange;
    this.startedAt = isoNow(clock);
    this.speed = new Speed(clock.monotonic());
    // One for each file under way.
    setMaxListeners(0, this.abort.signal);
    this.ticking = setInterval(() => this.tick(), tellEveryMs).unref();
  }

  /** Aborts when the transfer ends before it is done. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isEnded(): boolean {
    return this.ending !== undefined;
  }

  get state(): TransferView['state'] {
    if (this.ending) return this.ending.state;
    if (this.holds.paused) return 'paused';
    if (this.holds.stalled) return 'stalled';
    if (this.holds.queued) return 'queued';
    if (this.holds.waiting) return 'waiting';
    if (this.conflict) return 'conflict';
    return this.holds.preparing ? 'preparing' : 'running';
  }

  get view(): TransferView {
    const failure = this.ending?.failure ?? this.failure;
    const isRunning = this.state === 'running';
    // A file that grows meanwhile has more bytes than it was said to have.
    const bytesLeft = Math.max(this.bytes - this.bytesDone, 0);
    const secondsLeft = isRunning ? this.speed.secondsFor(bytesLeft) : undefined;
    return {
      id: this.id,
      ...this.identity,
      state: this.state,
      ...(this.conflict && {
        conflict: { ...this.conflict.about, remaining: this.conflict.remaining },
      }),
      ...(failure && { failure: failure.toFailure() }),
      problems: [...this.problems],
      items: this.items,
      itemsDone: this.itemsDone,
      bytes: this.bytes,
      bytesDone: this.bytesDone,
      bytesPerSecond: isRunning ? Math.round(this.speed.bytesPerSecond) : 0,
      ...(secondsLeft !== undefined && { secondsLeft }),
      startedAt: this.startedAt,
      ...(this.endedAt && { endedAt: this.endedAt }),
    };
  }

  /** @param hold what holds it up, or no longer does */
  set(hold: keyof Holds, on: boolean): void {
    if (this.holds[hold] === on) return;
    this.holds[hold] = on;
    this.changed();
  }

  pause(): void {
    if (!this.isEnded) this.set('paused', true);
  }

  resume(): void {
    this.failure = undefined;
    this.set('paused', false);
    this.changed();
  }

  /** Something only a person can mend: paused, with the reason, until they say go on. */
  holdFor(failure: CloudError): void {
    if (this.isEnded) return;
    this.failure = failure;
    this.holds.paused = true;
    this.changed();
  }

  /** Asks what to do about something that is there already. @throws CloudError when the transfer ends first */
  ask(
    about: Conflict,
    remaining: number,
  ): Promise<{ readonly choice: ConflictChoice; readonly forAll: boolean }> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.answer = undefined;
        this.conflict = undefined;
        this.signal.removeEventListener('abort', leave);
      };
      const leave = () => {
        settle();
        reject(new CloudError('cancelled', 'cancelled'));
      };
      this.signal.addEventListener('abort', leave);
      if (this.signal.aborted) leave();
      this.conflict = { about, remaining };
      this.answer = (choice, forAll) => {
        settle();
        resolve({ choice, forAll });
        this.changed();
      };
      this.changed();
    });
  }

  /** @throws CloudError conflict `transfer-no-conflict` */
  resolve(path: string, choice: ConflictChoice, forAll: boolean): void {
    const about = this.conflict?.about;
    if (!this.answer || about?.path !== path || !about.choices.includes(choice)) {
      throw refusal('conflict', 'transfer-no-conflict');
    }
    this.answer(choice, forAll);
  }

  /** What is to be moved is looked at again. */
  startOver({ items, bytes }: { readonly items: number; readonly bytes: number }): void {
    this.items = items;
    this.itemsDone = 0;
    this.bytes = bytes;
    this.problems.length = 0;
  }

  /** An item that was left out. */
  leaveOut(path: string, failure: CloudError): void {
    if (this.problems.length < mostProblems) {
      this.problems.push({ path, failure: failure.toFailure() });
    }
    this.changed();
  }

  /** Resolves when bytes may move. @throws CloudError cancelled */
  async whenMoving(): Promise<void> {
    while (!this.isEnded && (this.holds.paused || this.holds.queued)) {
      await new Promise<void>((resolve) => this.waiters.add(resolve));
    }
    if (this.isEnded) throw new CloudError('cancelled', 'cancelled');
  }

  /** Resolves at the next change of where it stands. */
  nextChange(): Promise<void> {
    return new Promise((resolve) => this.waiters.add(resolve));
  }

  end(ending: Ending): void {
    if (this.isEnded) return;
    this.ending = ending;
    this.endedAt = isoNow(this.clock);
    this.conflict = undefined;
    clearInterval(this.ticking);
    if (ending.state !== 'done') this.abort.abort();
    this.changed();
  }

  /** Where it stands is another: told at once, and to all who wait for it. */
  changed(): void {
    const waiters = [...this.waiters];
    this.waiters.clear();
    for (const waiter of waiters) waiter();
    this.onChange(this.view);
  }

  private tick(): void {
    const now = this.clock.monotonic();
    if (this.state === 'running') this.speed.look(this.bytesDone, now);
    else this.speed.rest(this.bytesDone, now);
    this.onChange(this.view);
  }
}
