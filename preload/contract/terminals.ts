/** Terminal sessions: they live in the core, pages attach to them. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result, stream } from './define.ts';
import type { Failure, TextRef } from './errors.ts';
import { instanceKeySchema } from './instances.ts';

export interface Terminal {
  readonly id: string;
  readonly instance: string;
  /** The instance's name, or what the operator called the terminal. */
  readonly title: string;
  /** What its shell runs in on the instance; `plain` too where the wished one is not installed there. */
  readonly shell: 'plain' | 'tmux' | 'screen';
  /** The session's name in tmux or screen. */
  readonly shellSession?: string;
  /** Why it is not as wished, such as tmux missing on the instance. */
  readonly note?: TextRef;
  /** The file its output is written to as it comes; absent: none is. */
  readonly log?: { readonly path: string; readonly bytes: number };
  /** From before a restart, and not connected since. */
  readonly reopened?: true;
  readonly state: 'connecting' | 'open' | 'closed' | 'failed';
  /** Why it is closed or failed: the shell's exit status or signal, or the failure. */
  readonly exit?: { readonly status?: number; readonly signal?: string };
  readonly failure?: Failure;
  readonly openedAt: string;
}

/** A session of tmux or screen that is alive on an instance, whoever began it. */
export interface ShellSession {
  readonly program: 'tmux' | 'screen';
  /** As its program lists it; those of screen begin with the number of a process. */
  readonly name: string;
  /** Begun by a terminal of this application, now or earlier. */
  readonly ours: boolean;
  /** It is on a screen, here or elsewhere. */
  readonly attached: boolean;
  /** What runs in front in it, and since when it is there; where its program says so. */
  readonly running?: string;
  readonly startedAt?: string;
  /** The terminal that shows it here. */
  readonly terminal?: string;
}

const shellSession = z.strictObject({
  program: z.enum(['tmux', 'screen']),
  name: z.string().min(1).max(300),
});

const size = {
  columns: z.int().min(2).max(1000),
  rows: z.int().min(1).max(1000),
};
const id = z.string().max(64);

export const terminals = {
  list: call(z.strictObject({}), result<Snapshot<Terminal>>()),
  /** Answers at once with the session; progress and questions follow as events and prompts. */
  open: call(
    z.strictObject({
      instance: instanceKeySchema,
      ...size,
      /** Absent: as the instance's options say. */
      shell: z.enum(['plain', 'tmux', 'screen']).optional(),
      /** A session that is there, to be entered instead of a new one. */
      session: shellSession.optional(),
    }),
    result<Terminal>(),
  ),
  /**
   * Output from byte `from` of the session, counted since its first byte; -1 = all that is kept.
   * Answers where the output really starts: later than asked when older bytes are no longer kept.
   * Bytes sent the other way are typed input.
   */
  attach: stream(
    z.strictObject({ id, from: z.int().min(-1) }),
    result<{
      readonly start: number;
      /** Bytes there are now: what comes up to here is history, and asks nothing of the terminal. */
      readonly end: number;
      /** What stood on the screen before a restart, to be written first. */
      readonly screen?: string;
    }>(),
  ),
  /**
   * Open for as long as the page is there. A byte from the core says whether this page answers what programs ask of
   * their terminal (1) or another one does (0); any byte from the page says that it is looked at now.
   */
  answer: stream(z.strictObject({ isLookedAt: z.boolean() }), result<null>()),
  resize: call(z.strictObject({ id, ...size }), result<null>()),
  /** A new shell in the same session, after it closed or failed. */
  reconnect: call(z.strictObject({ id, ...size }), result<null>()),
  /** An empty title is the instance's name again. */
  rename: call(z.strictObject({ id, title: z.string().max(100) }), result<null>()),
  /** Writes the output from now on to a file only its owner can read, or stops. */
  setLog: call(z.strictObject({ id, on: z.boolean() }), result<null>()),
  /** What stands on the screen now, kept for a restart while the preference says so. */
  keepScreen: call(z.strictObject({ id, screen: z.string().max(512 * 1024) }), result<null>()),
  close: call(z.strictObject({ id }), result<null>()),
  /** Which sessions of tmux and screen are alive there, asked now. @throws why the instance is not reached */
  shellSessions: call(
    z.strictObject({ instance: instanceKeySchema }),
    result<{
      /** Those installed there; with none there can be no session. */
      readonly programs: readonly ShellSession['program'][];
      readonly sessions: readonly ShellSession[];
      /** Of a program that could not say which it has: forbidden `shell-sessions-unreadable`. */
      readonly failure?: Failure;
    }>(),
  ),
  /** Ends a session and every program in it. One that ended by itself meanwhile is no failure. @throws forbidden `shell-session-not-ended` */
  endShellSession: call(
    z.strictObject({ instance: instanceKeySchema, session: shellSession }),
    result<null>(),
  ),
  changed: event<Delta<Terminal>>(),
};
