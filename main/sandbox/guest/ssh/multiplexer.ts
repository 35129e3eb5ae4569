/** tmux and screen as far as a terminal needs them: shells with a name that outlive the line they were entered by. */
import type { PseudoTtyInfo, ServerChannel } from 'ssh2';
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

export class Multiplexer {
  readonly #sessions = new Map<string, Named>();

  /**
   * Enters the session of that name, making it where there is none.
   * @param open starts a shell on a line
   * @param end tells whoever looks that the shell has ended
   */
  enter(
    name: string,
    channel: ServerChannel,
    pty: PseudoTtyInfo,
    open: (line: DetachableLine) => KeptShell,
    end: (channel: ServerChannel, status: number) => void,
  ): KeptShell {
    const session = this.#sessions.get(name) ?? this.#make(name, open, end);
    session.line.attach(channel);
    session.terminal.resize({ columns: pty.cols || 80, rows: pty.rows || 24 });
    return session;
  }

  /** The machine goes down, and every shell with it. */
  stop(): void {
    for (const { shell } of this.#sessions.values()) shell.kill();
  }

  #make(
    name: string,
    open: (line: DetachableLine) => KeptShell,
    end: (channel: ServerChannel, status: number) => void,
  ): Named {
    const line = new DetachableLine();
    const session = { line, ...open(line) };
    this.#sessions.set(name, session);
    void session.shell.ended.then((status) => {
      this.#sessions.delete(name);
      if (line.attached) end(line.attached as ServerChannel, status);
    });
    return session;
  }
}

/** The session's name where a command enters one of tmux or screen, as the last thing it does. */
export const enteredSession = (command: string): string | undefined =>
  /exec (?:tmux -u new-session -A -s|screen -U -d -r) ([\w-]+)/.exec(command)?.[1];
