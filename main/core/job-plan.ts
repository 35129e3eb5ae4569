/** What a job is: asked for in JSON, so that it can be planned again after a crash, and done in steps. */
import type { TextRef } from '../../preload/contract/errors.ts';

/** What a step is given. */
export interface StepContext {
  /** The same at every attempt of this step of this job, also after a crash: at most 64 characters of [\w-]. */
  readonly key: string;
  /** What earlier steps came to, by their ids. */
  readonly outcomes: Readonly<Record<string, unknown>>;
  /** What `note` came to before this step's first attempt. */
  readonly noted: unknown;
  readonly signal: AbortSignal;
  /** @param share 0 to 1, or undefined where the cloud does not tell; @param word the cloud's own */
  progress(share: number | undefined, word: string): void;
}

/** Whether a request of unknown end got through. */
export type Reconciled =
  | { readonly kind: 'done'; readonly outcome: unknown }
  | { readonly kind: 'not-done' };

/** One thing after another: each is done exactly once. */
export interface JobStep {
  readonly id: string;
  /** Whether the job may end while this step is at work. */
  readonly cancellable: boolean;
  /** It ends the instance: one that was locked here meanwhile is left alone. */
  readonly endsInstance?: true;
  /** What must be known from before the request, as JSON: written with the intent. */
  note?(context: StepContext): Promise<unknown>;
  /** @returns what later steps need, as JSON without secrets. @throws CloudError */
  run(context: StepContext): Promise<unknown>;
  /** What the cloud says happened, when nobody knows whether `run` got through. Absent: doing it again is harmless. */
  reconcile?(context: StepContext): Promise<Reconciled>;
}

/** How it is done; made anew from the request after a restart. */
export interface JobPlan {
  readonly steps: readonly JobStep[];
  /** What came of it, once every step is done. */
  end(outcomes: Readonly<Record<string, unknown>>): {
    readonly facts: readonly TextRef[];
    readonly created: readonly string[];
  };
}

/** What is asked for, and all that is written down of it. */
export interface JobRequest {
  readonly account: string;
  readonly action: string;
  readonly instance: string | undefined;
  readonly targetName: string;
  /** As JSON, without secrets. */
  readonly input: unknown;
}
