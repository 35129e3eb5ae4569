/** The life of an instance as phases with their moments, past and planned: its status is what the clock says it is. */

export type Status =
  | 'SchedQueued'
  | 'Creating'
  | 'Running'
  | 'Suspending'
  | 'Paused'
  | 'Releasing'
  | 'Released';

export interface Phase {
  readonly status: Status;
  /** Sandbox time, in milliseconds since 1970. */
  readonly at: number;
}

export type Timeline = readonly Phase[];

const queuedMs = 3000;
const creatingMs = 9000;
const pausedMs = 4000;
const releasingMs = 5000;
const suspendingBaseMs = 5000;
/** 250 MB a second. */
const savingMsPerMb = 4;
/** 1 GB a second. */
const loadingMsPerMb = 1;

/** The phase at a moment; the first one for moments before it. */
export function phaseAt(timeline: Timeline, now: number): Phase {
  const index = timeline.findLastIndex(({ at }) => at <= now);
  const phase = timeline[Math.max(index, 0)];
  if (!phase) throw new Error('a timeline has at least one phase');
  return phase;
}

export const statusAt = (timeline: Timeline, now: number): Status => phaseAt(timeline, now).status;

/** When the status changes next, or undefined when it stays as it is. */
export function nextChange(timeline: Timeline, now: number): number | undefined {
  return timeline.find(({ at }) => at > now)?.at;
}

export interface Span {
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
}

/** When it was Running, up to now: what is billed, and what has metrics. */
export function runningSpans(timeline: Timeline, now: number): readonly Span[] {
  return timeline.flatMap(({ status, at }, index) => {
    if (status !== 'Running' || at > now) return [];
    const end = timeline[index + 1]?.at;
    return [{ from: at, to: end !== undefined && end <= now ? end : null }];
  });
}

/** How much of the current phase is behind, 0 to 100; 100 for a phase without planned end. */
export function phaseProgress(timeline: Timeline, now: number): number {
  const { at } = phaseAt(timeline, now);
  const end = nextChange(timeline, now);
  if (end === undefined) return 100;
  return Math.min(99, Math.floor((100 * Math.max(0, now - at)) / (end - at)));
}

export const savingMs = (sizeMb: number): number => suspendingBaseMs + sizeMb * savingMsPerMb;

const past = (timeline: Timeline, now: number): Timeline => timeline.filter(({ at }) => at < now);

const release = (at: number): Timeline => [
  { status: 'Releasing', at },
  { status: 'Released', at: at + releasingMs },
];

export function planCreation(now: number, snapshotMb: number): Timeline {
  const creatingAt = now + queuedMs;
  return [
    { status: 'SchedQueued', at: now },
    { status: 'Creating', at: creatingAt },
    { status: 'Running', at: creatingAt + creatingMs + snapshotMb * loadingMsPerMb },
  ];
}

/** What comes after the files are saved. */
export interface Ending {
  readonly autoRelease: boolean;
}

export function planSnapshot(
  timeline: Timeline,
  now: number,
  sizeMb: number,
  { autoRelease }: Ending,
): Timeline {
  const pausedAt = now + savingMs(sizeMb);
  const endAt = pausedAt + pausedMs;
  return [
    ...past(timeline, now),
    { status: 'Suspending', at: now },
    { status: 'Paused', at: pausedAt },
    ...(autoRelease ? release(endAt) : [{ status: 'Running', at: endAt } as const]),
  ];
}

export function planRelease(timeline: Timeline, now: number): Timeline {
  return [...past(timeline, now), ...release(now)];
}

/** Instead of running again after the snapshot under way, it is released. */
export function releaseAfterSnapshot(timeline: Timeline, now: number): Timeline {
  const returns = timeline.find(({ status, at }) => status === 'Running' && at > now);
  if (!returns) return timeline;
  return [...timeline.filter(({ at }) => at < returns.at), ...release(returns.at)];
}
