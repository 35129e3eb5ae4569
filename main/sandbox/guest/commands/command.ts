/** What a command of our own is given, and what it is. */
import type { IFileSystem } from 'just-bash/browser';
import type { HostClient } from '../shell/host-client.ts';

export interface CommandCall {
  readonly name: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** Every variable of the shell. */
  readonly environment: ReadonlyMap<string, string>;
  readonly exported: Readonly<Record<string, string>>;
  /** What came through a pipe or a redirection, as text. */
  readonly input: string;
  readonly inputBytes: Uint8Array;
  readonly files: IFileSystem;
  readonly host: HostClient;
  /** Output goes to a terminal as it is written. */
  readonly live: boolean;
  readonly signal: AbortSignal;
  /** @throws InterruptedError once nobody reads any more, or Ctrl-C was pressed */
  out(text: string | Uint8Array): Promise<void>;
  error(text: string): Promise<void>;
  /** @throws InterruptedError on Ctrl-C */
  pause(ms: number, also?: AbortSignal): Promise<void>;
  /** Keys typed; empty when time is up. Only when live. */
  keys(timeoutMs: number): Promise<string>;
  /** Runs a command line to its end. */
  run(line: string, input?: string, also?: AbortSignal): Promise<CommandOutcome>;
  /** The command of just-bash by this name. */
  original(args: readonly string[]): Promise<CommandOutcome>;
  /** Runs a command of our own with this call's output; undefined when there is none by this name. */
  call(name: string, args: readonly string[], also?: AbortSignal): Promise<number | undefined>;
}

export interface CommandOutcome {
  readonly output: string;
  readonly errors: string;
  readonly status: number;
}

export interface GuestCommand {
  readonly names: readonly string[];
  /** @returns the exit status */
  run(call: CommandCall): Promise<number>;
}

/** A line for a shell, with each word quoted. */
export const quoteAll = (words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

export const pathIn = ({ directory, files }: CommandCall, path: string): string =>
  files.resolvePath(directory, path);

export const note = 'simulated by the Pilothouse sandbox';
