/** What a shell in a worker and its guest in the main thread say to each other. */
import type { Demand, MachineState } from '../machine-state.ts';
import type { Fetched, Listening } from '../ports.ts';

export interface ShellJob {
  /** An interactive shell asks for lines; a script is one text, run to its end. */
  readonly kind: 'interactive' | 'script';
  /** Of a script. */
  readonly text: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Whether input and output are a terminal. */
  readonly terminal: boolean;
  /** Of the shell, as `$$`. */
  readonly pid: number;
  /** Read by an interactive shell before its first line; not when one goes on after a kill. */
  readonly startFile: string | null;
}

export interface PromptState {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The line before wants more lines, as after an open quote. */
  readonly continued: boolean;
}

export interface PlainStats {
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What a worker may ask for; every answer comes as a message. */
export interface ShellHost {
  read(path: string): Uint8Array;
  write(path: string, data: Uint8Array): void;
  append(path: string, data: Uint8Array): void;
  exists(path: string): boolean;
  stat(path: string, followLast: boolean): PlainStats;
  readdir(path: string): readonly string[];
  mkdir(path: string, recursive: boolean): void;
  remove(path: string, recursive: boolean, force: boolean): void;
  copy(from: string, to: string, recursive: boolean): void;
  rename(from: string, to: string): void;
  chmod(path: string, mode: number): void;
  symlink(target: string, path: string): void;
  link(existing: string, path: string): void;
  readlink(path: string): string;
  realpath(path: string): string;
  setTime(path: string, mtimeMs: number): void;

  /** Answered when there is room for more. */
  output(stream: 'out' | 'error', data: Uint8Array): Promise<void>;
  /** The next line of an interactive shell; null at its end. */
  prompt(state: PromptState): Promise<string | null>;
  /** A line typed while a command runs; null at the end of input. */
  readLine(prompt: string, silent: boolean): Promise<string | null>;
  /** Everything up to the end of input. */
  readInput(): Promise<Uint8Array>;
  /** Keys typed; empty when time is up. Ends line editing until `endKeys`. */
  readKeys(timeoutMs: number): Promise<string>;
  endKeys(): void;
  terminalSize(): TerminalSize;
  setTerminal(options: { readonly echo?: boolean; readonly newlines?: boolean }): void;

  machine(): MachineState;
  /** Ports the guest listens on. */
  ports(): readonly Listening[];
  /** One GET to a port of the guest's own; null when nobody listens there. */
  fetch(port: number, path: string): Promise<Fetched | null>;
  /** What runs in the foreground, as `ps` shows it; null when nothing does. */
  running(command: string | null): void;
  demand(demand: Demand): void;
  signal(pid: number, signal: string): 'sent' | 'missing' | 'refused';
  /** Runs a script beside this shell; says its number and process. */
  background(text: string, state: PromptState): { readonly job: number; readonly pid: number };
  jobs(): readonly { readonly job: number; readonly pid: number; readonly text: string }[];
}

export type ShellMethod = keyof ShellHost;

export type ToWorker =
  | { readonly kind: 'start'; readonly job: ShellJob }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string };

export type FromWorker =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: ShellMethod;
      readonly args: readonly unknown[];
    }
  | { readonly kind: 'done'; readonly status: number };
