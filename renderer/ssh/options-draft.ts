/** Connection options as they are being typed, and what they come to. */
import type { ConnectionOptions, Jump } from '../../preload/contract/ssh.ts';
import { readJump } from './jump.ts';

export const mostJumps = 8;
const mostKeepaliveSeconds = 3600;
const usualKeepaliveSeconds = 15;

/** A jump with an identity of its own, so that it can be moved. */
export interface DraftJump {
  readonly id: number;
  readonly jump: Jump;
}

export interface OptionsDraft {
  /** `configured` only where the instance follows OpenSSH's configuration. */
  readonly way: 'configured' | 'direct' | 'jumps';
  readonly jumps: readonly DraftJump[];
  /** What stands in the field for the next jump: it counts when the dialog is saved. */
  readonly typedJump: string;
  readonly keepalive: 'configured' | 'seconds' | 'off';
  readonly keepaliveSeconds: string | number;
  readonly shareConnection: boolean;
  readonly forwardAgent: boolean;
  readonly shell: ConnectionOptions['shell'];
  readonly clipboardWrite: ConnectionOptions['clipboardWrite'];
}

/** Field → key of the reason under `ssh:options.problem`. */
export type OptionsProblems = Readonly<Partial<Record<'jumps' | 'keepaliveSeconds', string>>>;

export function draftOfOptions(options: ConnectionOptions, follows: boolean): OptionsDraft {
  const { jumps, keepaliveSeconds } = options;
  const withoutJumps = follows && jumps === null ? 'configured' : 'direct';
  return {
    way: jumps && jumps.length > 0 ? 'jumps' : withoutJumps,
    jumps: (jumps ?? []).map((jump, id) => ({ id, jump })),
    typedJump: '',
    keepalive:
      keepaliveSeconds === null ? 'configured' : keepaliveSeconds === 0 ? 'off' : 'seconds',
    keepaliveSeconds: keepaliveSeconds || usualKeepaliveSeconds,
    shareConnection: options.shareConnection,
    forwardAgent: options.forwardAgent,
    shell: options.shell,
    clipboardWrite: options.clipboardWrite,
  };
}

export function problemsOfOptions(draft: OptionsDraft): OptionsProblems {
  const seconds = Number(draft.keepaliveSeconds);
  const isPossible =
    draft.keepaliveSeconds !== '' &&
    Number.isInteger(seconds) &&
    seconds >= 1 &&
    seconds <= mostKeepaliveSeconds;
  const jumps = jumpsProblem(draft);
  return {
    ...(draft.way === 'jumps' && jumps && { jumps }),
    ...(draft.keepalive === 'seconds' && !isPossible && { keepaliveSeconds: 'seconds' }),
  };
}

function jumpsProblem(draft: OptionsDraft): string | undefined {
  const typed = draft.typedJump.trim();
  if (typed !== '' && !readJump(typed)) return 'jumpUnread';
  return allJumps(draft).length === 0 ? 'jumpsMissing' : undefined;
}

/** Call it on a draft without problems. */
export function toOptions(draft: OptionsDraft, follows: boolean): ConnectionOptions {
  const keepaliveSeconds = { configured: null, seconds: Number(draft.keepaliveSeconds), off: 0 };
  // Where nothing is followed, direct is as usual: nothing to keep.
  const jumps = { configured: null, direct: follows ? [] : null, jumps: allJumps(draft) };
  return {
    keepaliveSeconds: keepaliveSeconds[draft.keepalive],
    shareConnection: draft.shareConnection,
    jumps: jumps[draft.way],
    forwardAgent: draft.forwardAgent,
    shell: draft.shell,
    clipboardWrite: draft.clipboardWrite,
  };
}

function allJumps({ jumps, typedJump }: OptionsDraft): Jump[] {
  const typed = readJump(typedJump);
  return [...jumps.map(({ jump }) => jump), ...(typed ? [typed] : [])].slice(0, mostJumps);
}

export function addJump(draft: OptionsDraft, jump: Jump): OptionsDraft {
  if (draft.jumps.length >= mostJumps) return draft;
  const id = Math.max(-1, ...draft.jumps.map((one) => one.id)) + 1;
  return { ...draft, jumps: [...draft.jumps, { id, jump }], typedJump: '' };
}

export function removeJump(draft: OptionsDraft, id: number): OptionsDraft {
  return { ...draft, jumps: draft.jumps.filter((one) => one.id !== id) };
}

/** @param step -1 nearer to this machine, 1 nearer to the instance; past either end nothing changes */
export function moveJump(draft: OptionsDraft, id: number, step: -1 | 1): OptionsDraft {
  const from = draft.jumps.findIndex((one) => one.id === id);
  const to = from + step;
  const [moved, other] = [draft.jumps[from], draft.jumps[to]];
  if (!moved || !other) return draft;
  const jumps = [...draft.jumps];
  jumps[from] = other;
  jumps[to] = moved;
  return { ...draft, jumps };
}
