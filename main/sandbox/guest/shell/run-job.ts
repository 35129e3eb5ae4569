/** One job of a worker: an interactive shell or a script, from its first line to its exit status. */

import { posix } from 'node:path';
import { Bash, type Command } from 'just-bash/browser';
import { CommandRunner, type RunnerParts, textOf } from './command-runner.ts';
import type { HostClient } from './host-client.ts';
import { type Interruption, pause } from './interruption.ts';
import { openLiveOutput, readLiveOptions } from './live-output.ts';
import { OutputSink } from './output-sink.ts';
import { parseLines, type Script, type ScriptSyntax } from './script-syntax.ts';
import type { PromptState, ShellJob } from './shell-protocol.ts';
import { scriptReadsInput } from './standard-input.ts';
import { lastBackground, streamScript } from './stream-script.ts';
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
    customCommands: [...runner.customCommands(), ...innerCommands(parts, runner, () => lines)],
  });
  const stream = (script: Script) =>
    syntax.serialize(streamScript(script, { terminal: job.terminal, serialize: syntax.serialize }));

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

interface LineSource {
  /** A line ready to run; undefined at the end. */
  next(state: Omit<PromptState, 'continued'>, status: number): Promise<string | undefined>;
  /** What `$?` is to be before it runs. */
  status(): number;
}

function createPrompt(
  host: HostClient,
  sink: OutputSink,
  interruption: Interruption,
  syntax: ScriptSyntax,
  stream: (script: Script) => string,
): LineSource {
  let lastStatus = 0;
  const read = async (state: Omit<PromptState, 'continued'>): Promise<string | undefined> => {
    let text = '';
    for (;;) {
      const line = await host.prompt({ ...state, continued: text !== '' });
      if (line === null) return text === '' ? undefined : '';
      text = text === '' ? line : `${text}\n${line}`;
      if (interruption.raised) {
        interruption.reset();
        text = line;
      }
      try {
        const script = parseLines(syntax, text);
        if (script) return stream(script);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        await sink.write('error', `bash: ${message}\n`);
        lastStatus = 2;
        return '';
      }
    }
  };
  return {
    status: () => lastStatus,
    async next(state, status) {
      lastStatus = interruption.raised ? 130 : status;
      await sink.flush();
      await host.running(null);
      interruption.reset();
      return read(state);
    },
  };
}

/** The commands that rewritten scripts are made of; see `streamScript`. */
function innerCommands(
  parts: RunnerParts,
  runner: CommandRunner,
  lines: () => LineSource,
): readonly Command[] {
  const { host, sink, interruption } = parts;
  const done = (exitCode: number, stdout = '') => ({ stdout, stderr: '', exitCode });
  return [
    {
      name: '__next',
      async execute(_, context) {
        const state = { directory: context.cwd, environment: context.exportedEnv ?? {} };
        const line = await lines().next(state, Number(context.env.get('?') ?? 0));
        if (line === undefined) return done(1);
        await context.assignShellVariable?.('__line', line);
        return done(0);
      },
    },
    { name: '__status', execute: async () => done(lines().status()) },
    {
      name: '__tick',
      async execute() {
        await interruption.breathe();
        return done(interruption.raised ? 1 : 0);
      },
    },
    {
      name: '__live',
      async execute(args, context) {
        const options = readLiveOptions(args, (path) => posix.resolve(context.cwd, path));
        const output = await openLiveOutput(options, context, parts);
        await host.running(options.words.join(' '));
        const status = await runner.run({
          words: options.words,
          context,
          output,
          live: options.stages.length === 0 && options.collect === undefined && !options.to,
          signals: [output.enough],
        });
        const exitCode = await output.finish(status);
        await host.demand({});
        return done(exitCode);
      },
    },
    {
      name: '__background',
      async execute([text = ''], context) {
        const { job, pid } = await host.background(text, {
          directory: context.cwd,
          environment: context.exportedEnv ?? {},
          continued: false,
        });
        await context.assignShellVariable?.(lastBackground, String(pid));
        return done(0, `[${job}] ${pid}\n`);
      },
    },
    {
      name: '__read-line',
      async execute(args) {
        const prompt = args[args.findIndex((arg) => /^-\w*p$/.test(arg)) + 1] ?? '';
        const hasPrompt = args.some((arg) => /^-\w*p$/.test(arg));
        await sink.flush();
        const silent = args.some((arg) => /^-\w*s/.test(arg));
        const line = await host.readLine(hasPrompt ? prompt : '', silent);
        return done(line === null ? 1 : 0, line ?? '');
      },
    },
    {
      name: '__read-input',
      async execute() {
        await sink.flush();
        return done(0, textOf(Buffer.from(await host.readInput()).toString('latin1')));
      },
    },
  ];
}
