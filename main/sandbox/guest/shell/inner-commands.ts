/** The commands that rewritten scripts are made of; see `stream-script.ts`. Nobody types them. */
import { posix } from 'node:path';
import type { Command, ResolvedCommandContext } from 'just-bash/browser';
import { quoteAll } from '../commands/command.ts';
import { lastBackground } from './adapt-script.ts';
import { type CommandRunner, type RunnerParts, textOf } from './command-runner.ts';
import type { LineSource } from './line-source.ts';
import { openLiveOutput, readLiveOptions } from './live-output.ts';
import { dealOut, readOptionsOf } from './read-line.ts';
import type { Script, ScriptSyntax } from './script-syntax.ts';

export interface InnerParts extends RunnerParts {
  readonly runner: CommandRunner;
  readonly syntax: ScriptSyntax;
  /** Keyboard and screen, rather than pipes. */
  readonly terminal: boolean;
  lines(): LineSource;
  /** Rewrites a script, and writes it out. */
  stream(script: Script): string;
}

export function innerCommands({
  runner,
  lines,
  syntax,
  terminal,
  stream,
  ...parts
}: InnerParts): readonly Command[] {
  const { host, files, sink, interruption } = parts;
  /** What `$?` was before commands that nobody wrote. */
  let lastStatus = 0;
  const statusIn = ({ env }: ResolvedCommandContext) => Number(env.get('?') ?? 0);
  const done = (exitCode: number, stdout = '') => ({ stdout, stderr: '', exitCode });
  return [
    {
      name: '__next',
      async execute(_, context) {
        const state = { directory: context.cwd, environment: context.exportedEnv ?? {} };
        const line = await lines().next(state, statusIn(context));
        if (line === undefined) return done(1);
        lastStatus = lines().status();
        await context.assignShellVariable?.('__line', line);
        return done(0);
      },
    },
    { name: '__status', execute: async () => done(lastStatus) },
    {
      name: '__tick',
      async execute(_, context) {
        lastStatus = statusIn(context);
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
          live:
            terminal && options.stages.length === 0 && options.collect === undefined && !options.to,
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
      async execute(args, context) {
        const options = readOptionsOf(args);
        await sink.flush();
        const line = await host.readLine(options.prompt, options.silent);
        for (const [name, value] of dealOut(line ?? '', options)) {
          await context.assignShellVariable?.(name, value);
        }
        return done(line === null ? 1 : 0);
      },
    },
    {
      name: '__decode',
      async execute(names, context) {
        for (const name of names) {
          const value = context.env.get(name) ?? '';
          if (/[^\p{ASCII}]/u.test(value) && !/[^\0-\xff]/.test(value)) {
            await context.assignShellVariable?.(name, textOf(value));
          }
        }
        return done(0);
      },
    },
    {
      name: '__load',
      async execute([use = '', name = '', ...args], context) {
        const fail = (exitCode: number, reason: string) => ({
          ...done(exitCode),
          stderr: `bash: ${name}: ${reason}\n`,
        });
        const path = posix.resolve(context.cwd, name);
        if (!(await files.exists(path))) return fail(127, 'No such file or directory');
        const { isDirectory, mode } = await files.stat(path);
        if (isDirectory) return fail(126, 'Is a directory');
        if (use === 'path' && (mode & 0o111) === 0) return fail(126, 'Permission denied');
        const text = await files.readFile(path);
        const isPython = use === 'path' && /^#!.*python/.test(text);
        try {
          const script = syntax.parse(isPython ? quoteAll(['python3', path, ...args]) : text);
          await context.assignShellVariable?.('__line', stream(script));
        } catch (error) {
          return fail(2, error instanceof Error ? error.message : String(error));
        }
        return done(0);
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
