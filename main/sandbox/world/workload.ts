/** What an instance is busy with by itself, so that its metrics and a look inside tell the same. */
import type { GuestOptions } from '../guest/guest.ts';
import type { LoadProfile } from './model.ts';

export interface Workload {
  /** As ps shows it in the guest. */
  readonly command: string;
  /** Of each GPU, 0 to 1; on machines without one, of a processor core. */
  readonly load: number;
  /** How long a stretch of work or of rest lasts. */
  readonly stretchMs: number;
  /** How often such a stretch is one of rest. */
  readonly rest: number;
  /** Bytes a second, at work. */
  readonly network: number;
}

const minuteMs = 60_000;

export const workloadOf: Readonly<Record<LoadProfile, Workload | undefined>> = {
  training: {
    command: 'python3 train.py --config configs/base.yaml',
    load: 0.92,
    stretchMs: 25 * minuteMs,
    rest: 0.12,
    network: 400_000,
  },
  batch: {
    command: 'python3 run_batch.py --input datasets',
    load: 0.7,
    stretchMs: 12 * minuteMs,
    rest: 0.3,
    network: 6_000_000,
  },
  interactive: {
    command: 'python3 serve.py --port 8000',
    load: 0.2,
    stretchMs: 6 * minuteMs,
    rest: 0.5,
    network: 90_000,
  },
  idle: undefined,
};

export function guestWorkload(profile: LoadProfile): Pick<GuestOptions, 'workload'> {
  const workload = workloadOf[profile];
  return workload ? { workload: { command: workload.command, load: workload.load } } : {};
}
