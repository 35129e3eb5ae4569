/** Terminal sessions: they live in the core, pages attach to them. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result, stream } from './define.ts';
import type { Failure } from './errors.ts';
import { instanceKeySchema } from './instances.ts';

export interface Terminal {
  readonly id: string;
  readonly instance: string;
  readonly title: string;
  readonly state: 'connecting' | 'open' | 'closed' | 'failed';
  /** Why it is closed or failed: the shell's exit status or signal, or the failure. */
  readonly exit?: { readonly status?: number; readonly signal?: string };
  readonly failure?: Failure;
  readonly openedAt: string;
}

const size = {
  columns: z.int().min(2).max(1000),
  rows: z.int().min(1).max(1000),
};
const id = z.string().max(64);

export const terminals = {
  list: call(z.strictObject({}), result<Snapshot<Terminal>>()),
  /** Answers at once with the session; progress and questions follow as events and prompts. */
  open: call(z.strictObject({ instance: instanceKeySchema, ...size }), result<Terminal>()),
  /**
   * Output from byte `from` of the session, counted since its first byte; -1 = all that is kept.
   * Answers where the output really starts: later than asked when older bytes are no longer kept.
   * Bytes sent the other way are typed input.
   */
  attach: stream(
    z.strictObject({ id, from: z.int().min(-1) }),
    result<{ readonly start: number }>(),
  ),
  resize: call(z.strictObject({ id, ...size }), result<null>()),
  /** A new shell in the same session, after it closed or failed. */
  reconnect: call(z.strictObject({ id, ...size }), result<null>()),
  close: call(z.strictObject({ id }), result<null>()),
  changed: event<Delta<Terminal>>(),
};
