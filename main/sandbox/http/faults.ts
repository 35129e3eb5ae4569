/** What may go wrong with an answer on purpose, by repeatable chance. */
import { z } from 'zod';
import { createRandom, type Random } from '../world/random.ts';

const share = z.number().min(0).max(1).default(0);

/** Shares are of all requests, 0 to 1. */
export const faultsSchema = z.strictObject({
  /** Milliseconds before anything else happens. */
  latency: z.number().min(0).max(600_000).default(0),
  rate429: share,
  rate5xx: share,
  /** The connection breaks before the request is done. */
  reset: share,
  /** No answer, ever. */
  hang: share,
  /** Half an answer, or HTML. */
  malformed: share,
  /** An answer that does not end. */
  endless: share,
  /** It is done, and the connection breaks before the answer. */
  lostAnswer: share,
  /** The answer comes twice on the connection. */
  doubleAnswer: share,
  /** Only for requests whose path, below the API's base, begins so. */
  path: z.string().max(200).default(''),
});

export type Faults = z.infer<typeof faultsSchema>;

/** As in `latency=200,rate429=0.05,path=/instance`. @throws Error with a sentence */
export function parseFaults(spec: string): Faults {
  const settings = spec
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split('=', 2).map((text) => text.trim());
      return [name, name === 'path' ? value : Number(value || Number.NaN)] as const;
    });
  const parsed = faultsSchema.safeParse(Object.fromEntries(settings));
  if (parsed.success) return parsed.data;
  throw new Error(`Not faults: ${spec}. ${z.prettifyError(parsed.error)}`);
}

const chancesOf = [
  'rate429',
  'rate5xx',
  'reset',
  'hang',
  'malformed',
  'endless',
  'lostAnswer',
  'doubleAnswer',
] as const;

export type Fault = (typeof chancesOf)[number];

export interface FaultSource {
  /** What is to go wrong with a request, after how long. */
  next(path: string): { readonly delayMs: number; readonly fault: Fault | undefined };
  change(faults: Faults): void;
}

export function createFaultSource(seed: string, initial: Faults): FaultSource {
  const random: Random = createRandom(`${seed} faults`);
  let faults = initial;
  return {
    next(path) {
      if (!path.startsWith(faults.path)) return { delayMs: 0, fault: undefined };
      // One draw for each, hit or not: the same seed gives the same course.
      const hits = chancesOf.filter((name) => random() < faults[name]);
      return { delayMs: faults.latency, fault: hits[0] };
    },
    change: (changed) => {
      faults = changed;
    },
  };
}
