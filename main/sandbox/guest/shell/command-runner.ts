/** Runs commands of our own for just-bash: gathered for a pipe, or live on the terminal. */
import type { Command, IFileSystem, ResolvedCommandContext } from 'just-bash/browser';
import { catalogue } from '../commands/catalogue.ts';
import type { CommandCall, CommandOutcome, GuestCommand } from '../commands/command.ts';
import type { HostClient } from './host-client.ts';
import { InterruptedError, type Interruption, pause } from './interruption.ts';
import type { OutputSink } from './output-sink.ts';

export interface Output {
  /** @throws InterruptedError when nobody takes more */
  out(text: string | Uint8Array): Promise<void>;
  error(text: string): Promise<void>;
}

export interface RunnerParts {
  readonly host: HostClient;
  readonly files: IFileSystem;
  readonly sink: OutputSink;
  readonly interruption: Interruption;
}

export interface Invocation {
  readonly words: readonly string[];
  readonly context: ResolvedCommandContext;
  readonly output: Output;
  readonly live: boolean;
  /** Beside Ctrl-C, what ends it, as a reader that has enough. */
  readonly signals?: readonly AbortSignal[];
}

const interruptedStatus = 130;
/** As after SIGPIPE. */
const brokenPipeStatus = 141;
/** An endless command in a pipe or `$(…)` ends here. */
const maxGatheredBytes = 4 * 1024 * 1024;

export class CommandRunner {
  readonly #parts: RunnerParts;
  readonly #commands = new Map<string, GuestCommand>(
    catalogue.flatMap((command) => command.names.map((name) => [name, command] as const)),
  );

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** For just-bash: output comes at the end. */
  customCommands(): Command[] {
    return [...this.#commands.keys()].map((name) => ({
      name,
      execute: async (args, context) => {
        const gathered = gather();
        const exitCode = await this.run({
          words: [name, ...args],
          context,
          output: gathered,
          live: false,
        });
        return { ...gathered.result(), exitCode };
      },
    }));
  }

  /** @returns the exit status; a command that is not ours is run by just-bash */
  async run(invocation: Invocation): Promise<number> {
    const { words, context, output } = invocation;
    const [name = '', ...args] = words;
    const { interruption } = this.#parts;
    const signals = [
      interruption.signal,
      ...(context.signal ? [context.signal] : []),
      ...(invocation.signals ?? []),
    ];
    const call = this.#callFor(invocation, AbortSignal.any(signals));
    try {
      const command = this.#commands.get(name);
      if (command) return await command.run({ ...call, name, args });
      const outcome = await call.run(name);
      await output.out(outcome.output);
      await output.error(outcome.errors);
      return outcome.status;
    } catch (error) {
      if (error instanceof InterruptedError) {
        return interruption.raised ? interruptedStatus : brokenPipeStatus;
      }
      await output.error(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }
  }

  #callFor(invocation: Invocation, signal: AbortSignal): CommandCall {
    const { host, files, interruption } = this.#parts;
    const { words, context, output, live } = invocation;
    const [name = '', ...args] = words;
    const call: CommandCall = {
      name,
      args,
      directory: context.cwd,
      environment: context.env,
      exported: context.exportedEnv ?? {},
      input: textOf(context.stdin),
      inputBytes: Buffer.from(String(context.stdin), 'latin1'),
      files,
      host,
      live,
      signal,
      async out(text) {
        await interruption.breathe();
        if (signal.aborted) throw new InterruptedError();
        await output.out(text);
      },
      error: (text) => output.error(text),
      pause: (ms, also) => pause(ms, also ? [signal, also] : [signal]),
      async keys(timeoutMs) {
        const typed = await host.readKeys(timeoutMs);
        if (signal.aborted) throw new InterruptedError();
        return typed;
      },
      async run(line, input, also) {
        const outcome = await execute(context, line, {
          ...(input !== undefined && { input }),
          signal: also ? AbortSignal.any([signal, also]) : signal,
        });
        if (signal.aborted) throw new InterruptedError();
        return outcome;
      },
      async original(rest) {
        const result = await context.origCommand?.([...rest]);
        if (!result) return { output: '', errors: '', status: 127 };
        const { stdout, stdoutKind, stdoutEncoding, stderr, exitCode } = result;
        const isBytes = stdoutKind === 'bytes' || stdoutEncoding === 'binary';
        return { output: isBytes ? textOf(stdout) : stdout, errors: stderr, status: exitCode };
      },
      call: async (other, rest, also) => {
        const command = this.#commands.get(other);
        if (!command) return undefined;
        const inner = also ? this.#callFor(invocation, AbortSignal.any([signal, also])) : call;
        return command.run({ ...inner, name: other, args: rest });
      },
    };
    return call;
  }
}

interface ExecuteOptions {
  readonly input?: string;
  readonly signal: AbortSignal;
}

/** Runs a line in a shell of its own, with the variables of the one that asks. */
export async function execute(
  context: ResolvedCommandContext,
  line: string,
  { input, signal }: ExecuteOptions,
): Promise<CommandOutcome> {
  const result = await context.exec?.(line, {
    cwd: context.cwd,
    env: Object.fromEntries(context.env),
    signal,
    ...(input !== undefined && { stdin: input }),
  });
  return {
    output: result?.stdout ?? '',
    errors: result?.stderr ?? '',
    status: result?.exitCode ?? 127,
  };
}

/** just-bash's byte strings are latin1 text under an opaque type. */
export const textOf = (bytes: unknown): string => Buffer.from(String(bytes), 'latin1').toString();

/** Keeps what a command prints, in just-bash's form for bytes. */
export function gather() {
  const chunks: { readonly out: Buffer[]; readonly error: Buffer[] } = { out: [], error: [] };
  let length = 0;
  const add = (list: Buffer[], data: string | Uint8Array) => {
    const bytes = Buffer.from(data as string);
    list.push(bytes);
    length += bytes.length;
    if (length > maxGatheredBytes) throw new InterruptedError();
  };
  return {
    out: async (text: string | Uint8Array) => add(chunks.out, text),
    error: async (text: string) => add(chunks.error, text),
    text: () => Buffer.concat(chunks.out).toString(),
    result: () => ({
      stdout: Buffer.concat(chunks.out).toString('latin1'),
      stdoutKind: 'bytes' as const,
      stdoutEncoding: 'binary' as const,
      stderr: Buffer.concat(chunks.error).toString(),
    }),
  };
}
