/** One job of a worker: an interactive shell or a script, from its first line to its exit status. */
import { Bash } from 'just-bash/browser';
import { CommandRunner, type RunnerParts } from './command-runner.ts';
import type { HostClient } from './host-client.ts';
import { innerCommands } from './inner-commands.ts';
import { type Interruption, pause } from './interruption.ts';
import { createPrompt, type LineSource } from './line-source.ts';
import { OutputSink } from './output-sink.ts';
import type { Script, ScriptSyntax } from './script-syntax.ts';
import type { ShellJob } from './shell-protocol.ts';
import { scriptReadsInput } from './standard-input.ts';
import { streamScript } from './stream-script.ts';
import { createWorkerFiles, innerCommand, sinkPaths } from './worker-files.ts';

export interface JobParts {
  readonly host: HostClient;
  readonly interruption: Interruption;
  readonly syntax: ScriptSyntax;
}

/** Some of just-bash's commands take no infinity for a limit. */
const endless = Number.MAX_SAFE_INTEGER;
const toSinks = `>> ${sinkPaths.out} 2>> ${sinkPaths.error}`;

/** @returns the exit status */
export async function runJob(
  job: ShellJob,
  { host, interruption, syntax }: JobParts,
): Promise<number> {
  const sink = new OutputSink(host);
  const files = createWorkerFiles(host, sink);
  const parts: RunnerParts = { host, files, sink, interruption };
  const runner = new CommandRunner(parts);
  const stream = (script: Script) =>
    syntax.serialize(streamScript(script, { terminal: job.terminal, serialize: syntax.serialize }));
  let lines: LineSource;
  const bash = new Bash({
    fs: files,
    env: job.environment,
    cwd: job.directory,
    defenseInDepth: false,
    processInfo: { pid: job.pid, ppid: 1, uid: 0, gid: 0 },
    sleep: (ms) => pause(ms, [interruption.signal]).catch(() => {}),
    executionLimits: {
      maxCommandCount: endless,
      maxLoopIterations: endless,
      maxExecutionTimeMs: endless,
      maxWorkUnits: endless,
      maxOutputSize: endless,
      maxInputBytes: endless,
    },
    customCommands: [
      ...runner.customCommands(),
      ...innerCommands({
        ...parts,
        runner,
        syntax,
        terminal: job.terminal,
        stream,
        lines: () => lines,
      }),
    ],
  });
  if (job.kind === 'interactive') {
    lines = createPrompt(host, sink, interruption, syntax, stream);
    const start = job.startFile;
    const source = start !== null && (await host.exists(start)) ? `. ${start} ${toSinks}\n` : '';
    const { exitCode } = await bash.exec(
      `shopt -s expand_aliases\n${source}while ${innerCommand('next')}; do ${innerCommand('status')}; eval "$__line" ${toSinks}; done`,
    );
    await sink.flush();
    return exitCode;
  }
  const { text, input, parameters } = await readScript(job, host, syntax);
  const script = syntax.parse(text);
  lines = { next: async () => stream(script), status: () => 0 };
  const { exitCode } = await bash.exec(
    `${innerCommand('next')}\n${parameters}eval "$__line" ${toSinks}`,
    {
      ...(input !== undefined && { stdin: input, stdinKind: 'bytes' as const }),
    },
  );
  await sink.flush();
  return interruption.raised ? 130 : exitCode;
}

/** `sh` alone reads its script from standard input; other scripts may read it as data. */
async function readScript(job: ShellJob, host: HostClient, syntax: ScriptSyntax) {
  const [, words] =
    /^\s*(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh((?:\s+-[sleu]+)*(?:\s+--)?(?:\s+-s\s+[^-].*)?)\s*$/.exec(
      job.text,
    ) ?? [];
  if (words !== undefined && !job.terminal) {
    const text = Buffer.from(await host.readInput()).toString();
    const parameters = /-s\s+(?:--\s+)?([^-].*)$/.exec(words)?.[1];
    return { text, input: undefined, parameters: parameters ? `set -- ${parameters}\n` : '' };
  }
  const asks = !job.terminal && scriptReadsInput(syntax.parse(job.text));
  return {
    text: job.text,
    input: asks ? Buffer.from(await host.readInput()).toString('latin1') : undefined,
    parameters: '',
  };
}
