/** Shells that outlive the line: what starts a session of tmux or screen on an instance, or finds it again. */
import type { Terminal } from '../../../preload/contract/terminals.ts';

export type Multiplexer = Exclude<Terminal['shell'], 'plain'>;

/** Long enough that no two terminals share a name; all of one length, because screen also takes a name's beginning. */
const namedDigits = 12;

const ownName = /^(?:\d+\.)?pilothouse-[0-9a-f]{12}$/;

/** Whether a terminal of ours began the session of that name. */
export const isOwnSession = (name: string): boolean => ownName.test(name);

/** A shell that is no login shell knows fewer places than a person's own. */
export const searchPath =
  'PATH="$PATH:/usr/local/bin:/opt/homebrew/bin:$HOME/.local/bin:$HOME/bin"';

/** The name of a terminal's session there: safe in every shell, and no other terminal's. */
export const sessionNameOf = (terminalId: string): string =>
  `pilothouse-${terminalId.replace(/[^0-9a-f]/g, '').slice(0, namedDigits)}`;

/** A script for `sh` that prints `yes` where the program is installed. */
export const probeScript = (program: Multiplexer): string =>
  `${searchPath}\ncommand -v ${program} >/dev/null 2>&1 && echo yes\n`;

/**
 * The command that enters the session, making it where there is none. Whatever login shell runs it: single quotes
 * hold the rest together, and it has neither a single quote nor a line end nor a `!` in it.
 */
export const enterCommand = (program: Multiplexer, session: string): string =>
  `exec sh -c '${searchPath}; ${program === 'tmux' ? enterTmux(session) : enterScreen(session)}'`;

/** The command that enters a session that is there, whoever began it; safe in every login shell, as that above. */
export const joinCommand = (program: Multiplexer, session: string): string =>
  `exec sh -c '${searchPath}; ${nameIt(session)}; ${program === 'tmux' ? joinTmux : joinScreen}'`;

const plainName = /^[\w.@%+=-]+$/;
const octalDigits = 3;

/** Other people's names may hold anything: what is not plain is given by its bytes. */
export function nameIt(session: string): string {
  if (plainName.test(session)) return `session=${session}`;
  const bytes = [...new TextEncoder().encode(session)].map(
    (byte) => `\\0${byte.toString(8).padStart(octalDigits, '0')}`,
  );
  return `session=$(printf %b "${bytes.join('')}")`;
}

/** By its number, because tmux takes the beginning of a name, or a pattern, for one too; without one it says itself that there is none. */
export const findTmux = `id=$(tmux -u list-sessions -F "#{session_id} #{session_name}" 2>/dev/null </dev/null | while IFS= read -r line; do if [ "\${line#* }" = "$session" ]; then echo "\${line%% *}"; fi; done)`;

const joinTmux = `${findTmux}; exec tmux -u attach-session -t "\${id:-=$session}"`;

/** Detaches whoever has it, as entering one of ours does. */
const joinScreen = [
  `screen -S "$session" -X defnonblock 5 >/dev/null 2>&1 </dev/null`,
  `exec screen -U -d -r "$session"`,
].join('; ');

/**
 * A line that was cut leaves its end attached until sshd notices. Only that one is sent away, known by the process
 * noted at the last entry: whoever else looks at the session, from a phone say, stays.
 */
const enterTmux = (name: string): string =>
  [
    `former=$(tmux show-options -qv -t ${name} @pilothouse 2>/dev/null)`,
    `tmux list-clients -t ${name} -F "#{client_pid} #{client_tty}" 2>/dev/null | while read -r pid tty; do if [ "$pid" = "$former" ]; then tmux detach-client -t "$tty"; fi; done`,
    `exec tmux -u new-session -A -s ${name} \\; set-option -q -t ${name} @pilothouse $$`,
  ].join('; ');

/**
 * Screen waits for a display that takes nothing, and its programs wait with it: `defnonblock` lets them run on after
 * 5 s. Nor can it tell its displays apart, so entering detaches the others; their shells are not logged out.
 */
const enterScreen = (name: string): string =>
  [
    `patience="screen -S ${name} -X defnonblock 5"`,
    `$patience >/dev/null 2>&1 || screen -U -s -"\${SHELL:-/bin/sh}" -dmS ${name}`,
    // It says that it is made before it can be spoken to.
    `for i in 1 2 3 4 5 6 7 8 9; do $patience >/dev/null 2>&1 && break; sleep 0.2 || sleep 1; done`,
    `exec screen -U -d -r ${name}`,
  ].join('; ');
