/** Typing into several terminals at once: which ones, and when it ends. Pure functions over the chosen sessions. */
import type { Terminal } from '../../preload/contract/terminals.ts';

/** Sessions that take each other's typing; fewer than two is none. */
export type Broadcast = readonly string[];

export const noBroadcast: Broadcast = [];

export const startBroadcast = (sessions: readonly string[]): Broadcast =>
  sessions.length > 1 ? [...new Set(sessions)] : noBroadcast;

/** Where what is typed in a session goes. */
export const targetsOf = (broadcast: Broadcast, session: string): readonly string[] =>
  broadcast.includes(session) ? broadcast : [session];

/** Without one that no longer wants it. */
export const withoutTarget = (broadcast: Broadcast, session: string): Broadcast =>
  startBroadcast(broadcast.filter((other) => other !== session));

/** One that ended ends it for all: what is typed next was meant for the others too. */
export const followBroadcast = (
  broadcast: Broadcast,
  terminals: ReadonlyMap<string, Pick<Terminal, 'state'>>,
): Broadcast =>
  broadcast.every((session) => terminals.get(session)?.state === 'open') ? broadcast : noBroadcast;
