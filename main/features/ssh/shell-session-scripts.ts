/** What an instance is asked about its sessions of tmux and screen, and what its answers mean. */
import type { ShellSession } from '../../../preload/contract/terminals.ts';
import { plainWords } from '../../core/plain-words.ts';
import { findTmux, isOwnSession, type Multiplexer, nameIt, searchPath } from './multiplexers.ts';

export type FoundSession = Omit<ShellSession, 'terminal'>;

export interface FoundSessions {
  readonly programs: readonly Multiplexer[];
  readonly sessions: readonly FoundSession[];
  /** A program that could not tell, and its own words. */
  readonly failure?: { readonly program: Multiplexer; readonly detail: string };
}

/** Neither program may read what is left of the script, hence `</dev/null`. A name of tmux never has a colon in it. */
const tmuxFormat = '#{session_created}:#{session_attached}:#{session_name}:#{pane_current_command}';

/** Prints lines that begin with the program: `tmux`, `tmux:` what it lists, `tmux!` why it does not; and so for screen. */
export const listScript = `${searchPath}
if command -v tmux >/dev/null 2>&1; then
  echo tmux
  if said=$(tmux -u list-sessions -F "${tmuxFormat}" 2>&1 </dev/null); then
    printf "%s\\n" "$said" | sed "s/^/tmux:/"
  else
    printf "%s\\n" "$said" | sed "s/^/tmux!/"
  fi
fi
if command -v screen >/dev/null 2>&1; then
  echo screen
  LC_ALL=C screen -ls 2>&1 </dev/null | sed "s/^/screen:/"
fi
`;

/** How tmux says that nothing runs in it. */
const noServer = /no server running|no sessions|No such file or directory|Connection refused/;
const ofTmux = /^(\d{1,11}):(\d+):([^:]+):(.*)$/;
/** Screen tells no time on its own: the date in between is worded for people. */
const ofScreen = /^\s+(\d+\.\S.*?)\s+(?:\([^()]*\)\s+)?\((Attached|Detached|Multi,? ?\w*)\)\s*$/;
/** Also of one that several may share. */
const isAttached = /\battached$/i;
const ofDeadScreen = /\((?:Dead|Remote|Private)/;
const screenCount = /\bSockets? |\bscreens? on:|Remove dead/;
const longestDetail = 300;
/** More than a person has; an instance that is no friend could list without end. */
const mostListed = 200;

export function parseSessions(output: string): FoundSessions {
  const programs: Multiplexer[] = [];
  const sessions: FoundSession[] = [];
  const complaints = new Map<Multiplexer, string>();
  for (const line of output.split('\n')) {
    const [, program, sign, said = ''] = /^(tmux|screen)([:!]?)(.*)$/.exec(line) ?? [];
    if (program !== 'tmux' && program !== 'screen') continue;
    if (!sign) programs.push(program);
    else if (said.trim() !== '') {
      const session = program === 'tmux' ? readTmux(said) : readScreen(said);
      if (session) sessions.push(session);
      else if (!isUsual(program, said)) {
        complaints.set(program, `${complaints.get(program) ?? ''}${said}\n`);
      }
    }
  }
  const [failed] = complaints;
  return {
    programs,
    sessions: sessions.slice(0, mostListed),
    ...(failed && {
      failure: { program: failed[0], detail: plainWords(failed[1], longestDetail) },
    }),
  };
}

function readTmux(said: string): FoundSession | undefined {
  const [, created, attached, name, running = ''] = ofTmux.exec(said) ?? [];
  if (name === undefined) return undefined;
  return {
    program: 'tmux',
    name,
    ours: isOwnSession(name),
    attached: attached !== '0',
    startedAt: new Date(Number(created) * 1000).toISOString(),
    ...(running && { running }),
  };
}

function readScreen(said: string): FoundSession | undefined {
  const [, name, state] = ofScreen.exec(said) ?? [];
  if (name === undefined) return undefined;
  return {
    program: 'screen',
    name,
    ours: isOwnSession(name),
    attached: isAttached.test(state ?? ''),
  };
}

const isUsual = (program: Multiplexer, said: string): boolean =>
  program === 'tmux' ? noServer.test(said) : screenCount.test(said) || ofDeadScreen.test(said);

/** Prints `ended`, also where the session is gone already, or why not. */
export const endScript = ({ program, name }: Pick<ShellSession, 'program' | 'name'>): string =>
  [searchPath, nameIt(name), ...(program === 'tmux' ? endTmux : endScreen), ''].join('\n');

const endTmux = [
  findTmux,
  `[ -z "$id" ] || tmux kill-session -t "$id" 2>&1 </dev/null && echo ended`,
];

const endScreen = [
  `said=$(screen -S "$session" -X quit 2>&1 </dev/null) && echo ended && exit`,
  `case $said in *"No screen session found"*) echo ended ;; *) printf "%s\\n" "$said" ;; esac`,
];
