/** Where a shell's words come from and go to: a terminal or pipes. */
import type { ShellHost, TerminalSize } from './shell-protocol.ts';

export interface ShellIo
  extends Pick<
    ShellHost,
    'output' | 'prompt' | 'readLine' | 'readInput' | 'readKeys' | 'endKeys' | 'setTerminal'
  > {
  terminalSize(): TerminalSize;
  /** Lets whoever waits for room or input go on: a command was stopped. */
  release(): void;
}
