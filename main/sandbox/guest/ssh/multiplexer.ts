/** tmux and screen as far as a terminal needs them: shells with a name that outlive the line they were entered by. */
import type { PseudoTtyInfo, ServerChannel } from 'ssh2';
import type { Machine } from '../machine.ts';
import type { KeptShellState } from '../machine-state.ts';
import type { GuestShell } from '../shell/guest-shell.ts';
import { DetachableLine } from '../terminal/detachable-line.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface KeptShell {
  readonly terminal: Terminal;
  readonly shell: GuestShell;
}

interface Named extends KeptShell {
  readonly line: DetachableLine;
}

/** What a command wants to enter. */
export interface EnteredSession extends Pick<KeptShellState, 'program' | 'name'> {
  /** Only where it is there. */
  readonly joins: boolean;
}

export class Multiplexer {
  readonly #machine: Machine;
  readonly #sessions = new Map<string, Named>();

  /** @param machine where each session is seen as a process, which can be ended */
  constructor(machine: Machine) {
    this.#machine = machine;
  }

  has({ program, name }: EnteredSession): boolean {
    return this.#sessions.has(keyOf(program, name));
  }

  /**
   * Enters the session of that name, making it where there is none.
   * @param open starts a shell on a line
   * @param end tells whoever looks that the shell has ended
   */
  enter(
    entered: EnteredSession,
    channel: ServerChannel,
    pty: PseudoTtyInfo,
    open: (line: DetachableLine) => KeptShell,
    end: (channel: ServerChannel, status: number) => void,
  ): KeptShell {
    const key = keyOf(entered.program, entered.name);
    const session = this.#sessions.get(key) ?? this.#make(entered, open, end);
    session.line.attach(channel);
    session.terminal.resize({ columns: pty.cols || 80, rows: pty.rows || 24 });
    return session;
  }

  /** The machine goes down, and every shell with it. */
  stop(): void {
    for (const { shell } of this.#sessions.values()) shell.kill();
  }

  #make(
    { program, name }: EnteredSession,
    open: (line: DetachableLine) => KeptShell,
    end: (channel: ServerChannel, status: number) => void,
  ): Named {
    const key = keyOf(program, name);
    const line = new DetachableLine();
    const session = { line, ...open(line) };
    this.#sessions.set(key, session);
    const process = this.#machine.start({
      command: program === 'tmux' ? `tmux new-session -s ${name}` : `SCREEN -dmS ${name}`,
      onSignal: () => session.shell.kill(),
    });
    const forget = this.#machine.keepShell(() => ({
      program,
      name,
      pid: process.pid,
      attached: line.attached !== undefined,
    }));
    void session.shell.ended.then((status) => {
      this.#sessions.delete(key);
      process.end();
      forget();
      if (line.attached) end(line.attached as ServerChannel, status);
    });
    return session;
  }
}

const keyOf = (program: string, name: string): string => `${program} ${name}`;

/** What a command of the product's enters of tmux or screen, as the last thing it does. */
export function enteredSession(command: string): EnteredSession | undefined {
  const own = /exec (tmux|screen) -[^;]* (?:-s|-r) ([\w-]+)/.exec(command);
  if (own) return { program: programOf(own[1]), name: own[2] ?? '', joins: false };
  const [, name] = /session=(?:\d+\.)?([\w.@%+=-]+);/.exec(command) ?? [];
  const [, program] =
    /exec (tmux) -u attach-session/.exec(command) ??
    /exec (screen) -U -d -r "\$session"/.exec(command) ??
    [];
  return name && program ? { program: programOf(program), name, joins: true } : undefined;
}

const programOf = (name: string | undefined): KeptShellState['program'] =>
  name === 'screen' ? 'screen' : 'tmux';
