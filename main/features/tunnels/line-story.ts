/** What is told of a tunnel's line: its state and since when, and what was last in its way. */
import type { CloudError, Failure } from '../../../preload/contract/errors.ts';
import type { Tunnel, TunnelState } from '../../../preload/contract/tunnels.ts';
import { type Clock, isoNow } from '../../core/clock.ts';

type Told = Pick<
  Tunnel,
  'state' | 'since' | 'reconnects' | 'nextAttemptAt' | 'lastFailure' | 'lastFailureAt'
>;

interface Noted {
  readonly failure: Failure;
  readonly at: string;
}

export class LineStory {
  private readonly clock: Clock;
  private readonly onChange: () => void;
  private current: TunnelState = 'stopped';
  private since: string;
  private reconnects = 0;
  private nextAttemptAtMs: number | undefined;
  private last: Noted | undefined;
  private hurdle: Noted | undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.clock = clock;
    this.onChange = onChange;
    this.since = isoNow(clock);
  }

  get state(): TunnelState {
    return this.current;
  }

  get told(): Told {
    const noted = this.hurdle ?? this.last;
    return {
      state: this.current,
      since: this.since,
      reconnects: this.reconnects,
      ...(this.nextAttemptAtMs !== undefined && {
        nextAttemptAt: new Date(this.nextAttemptAtMs).toISOString(),
      }),
      ...(noted && { lastFailure: noted.failure, lastFailureAt: noted.at }),
    };
  }

  enter(state: TunnelState): void {
    this.turn(state);
    this.onChange();
  }

  reconnected(): void {
    this.reconnects += 1;
  }

  note(failure: CloudError, nextAttemptAtMs?: number): void {
    this.hurdle = undefined;
    this.last = this.noted(failure);
    this.nextAttemptAtMs = nextAttemptAtMs;
    this.onChange();
  }

  /** It cannot begin yet, and why: no interruption, so forgotten once it goes on. */
  hinder(state: TunnelState, failure: CloudError): void {
    this.turn(state);
    this.hurdle = this.noted(failure);
    this.onChange();
  }

  goOn(): void {
    this.hurdle = undefined;
  }

  private turn(state: TunnelState): void {
    this.nextAttemptAtMs = undefined;
    if (this.current === state) return;
    this.current = state;
    this.since = isoNow(this.clock);
  }

  private noted(failure: CloudError): Noted {
    return { failure: failure.toFailure(), at: isoNow(this.clock) };
  }
}
