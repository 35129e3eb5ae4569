/** Rewrites a script so that it prints as it runs and ends on Ctrl-C.
 *
 * just-bash hands its output over when a whole line has ended. Here every command whose output goes
 * to the terminal sends it to a sink of its own, loops look for Ctrl-C at each turn, commands that
 * go on and on are given the terminal itself (`__live`), and what reads the keyboard is asked for it.
 */
import { bashCommands } from '../files/bash-commands.ts';
import { adaptScript } from './adapt-script.ts';
import { liveCommand, livePipeline } from './live-command.ts';
import { runFile } from './script-file.ts';
import {
  appendTo,
  type Command,
  contains,
  inner,
  literalOf,
  type Pipeline,
  pipelineOf,
  quoted,
  type Redirection,
  type Script,
  type ScriptSyntax,
  type SimpleCommand,
  type Statement,
  scriptOf,
  simple,
  statementOf,
} from './script-syntax.ts';
import { readsInput } from './standard-input.ts';
import { sinkPaths } from './worker-files.ts';

export interface StreamOptions {
  /** Keyboard and screen, rather than pipes. */
  readonly terminal: boolean;
  readonly serialize: ScriptSyntax['serialize'];
  /** Loops of the script around this place. */
  readonly depth?: number;
}

/** Print nothing and fail quietly: no need for a sink. */
const quiet = new Set([':', 'true', 'false', 'test', '[', 'break', 'continue', 'return', 'exit']);

export function streamScript(script: Script, options: StreamOptions): Script {
  return scriptOf(...streamList(adaptScript(script).statements, options));
}

const tick = () => statementOf(pipelineOf(inner('tick')));

function streamList(list: readonly Statement[], options: StreamOptions): Statement[] {
  return list.map((statement, index) => {
    const streamed = streamStatement(statement, options);
    return index === 0 || isAssignment(statement)
      ? streamed
      : unlessInterrupted(streamed, asksStatus(statement));
  });
}

const isAssignment = ({ pipelines }: Statement) =>
  pipelines.every(({ commands }) =>
    commands.every(
      (command) =>
        command.type === 'FunctionDef' || (command.type === 'SimpleCommand' && !command.name),
    ),
  );

/** Whether `$?` stands in it: looking for Ctrl-C must not change that. */
const asksStatus = (statement: Statement): boolean =>
  contains(statement, (node) => node.type === 'ParameterExpansion' && node.parameter === '?');

const unlessInterrupted = (statement: Statement, keepsStatus: boolean): Statement =>
  statementOf(
    pipelineOf({
      type: 'If',
      clauses: [
        {
          condition: [tick()],
          body: keepsStatus ? [statementOf(pipelineOf(inner('status'))), statement] : [statement],
        },
      ],
      elseBody: null,
      redirections: [],
    }),
  );

function streamStatement(statement: Statement, options: StreamOptions): Statement {
  if (statement.background) {
    const text = options.serialize(scriptOf({ ...statement, background: false }));
    return statementOf(toSink(pipelineOf(inner('background', [quoted(text)]))));
  }
  return {
    ...statement,
    pipelines: statement.pipelines.map((pipeline) => streamPipeline(pipeline, options)),
  };
}

function streamPipeline(pipeline: Pipeline, options: StreamOptions): Pipeline {
  const [head, ...rest] = pipeline.commands;
  const last = rest.at(-1);
  if (!head) return pipeline;
  if (last) {
    const live = livePipeline(pipeline.commands, options.serialize);
    if (live) return toSink({ ...pipeline, commands: [live] });
    const middle = rest.slice(0, -1);
    const asked = options.terminal && head.type === 'SimpleCommand' && readsInput(head);
    return toSink({
      ...pipeline,
      commands: [
        ...(asked ? [inner('read-input')] : []),
        head,
        ...middle,
        streamLast(last, options),
      ],
    });
  }
  if (head.type === 'FunctionDef') {
    return { ...pipeline, commands: [{ ...head, body: withTicks(head.body) }] };
  }
  if (head.type !== 'SimpleCommand') {
    if (pipeline.timed || head.redirections.some(({ operator }) => !operator.startsWith('<'))) {
      return toSink(pipeline);
    }
    const hasInput = head.redirections.length > 0;
    return {
      ...pipeline,
      commands: [streamCompound(head, hasInput ? { ...options, terminal: false } : options)],
    };
  }
  const name = literalOf(head.name);
  if (!head.name || (name !== undefined && quiet.has(name) && head.redirections.length === 0)) {
    return pipeline;
  }
  const file = runFile(head);
  if (file) return { ...pipeline, commands: [file] };
  return toSink({ ...pipeline, commands: streamSimple(head, name, options) });
}

function streamSimple(
  command: SimpleCommand,
  name: string | undefined,
  { terminal }: StreamOptions,
): Command[] {
  const live = liveCommand(command);
  if (live) return [live];
  if (!terminal) return [command];
  if (name === 'read' && !command.redirections.some(({ operator }) => operator.startsWith('<'))) {
    return [{ ...command, ...inner('read-line', command.args), assignments: command.assignments }];
  }
  return readsInput(command) ? [inner('read-input'), command] : [command];
}

/** The last of a pipeline prints to the terminal; what it reads comes from the pipe. */
function streamLast(command: Command, options: StreamOptions): Command {
  if (command.type === 'FunctionDef' || command.redirections.length > 0) return command;
  if (command.type !== 'SimpleCommand') {
    return streamCompound(command, { ...options, terminal: false });
  }
  return liveCommand(command, 'reads-pipe') ?? command;
}

function streamCompound(
  command: Exclude<Command, { type: 'SimpleCommand' | 'FunctionDef' }>,
  options: StreamOptions,
): typeof command {
  return mapBodies(command, options.depth ?? 0, (list, depth, isLoop) => {
    const streamed = streamList(list, { ...options, depth });
    return isLoop ? [stopOnInterrupt(depth), ...streamed] : streamed;
  });
}

/** Bodies that run anywhere, as a function's, print where their caller wants it. */
function withTicks<Kind extends Command>(command: Kind, around = 0): Kind {
  if (command.type === 'SimpleCommand' || command.type === 'FunctionDef') return command;
  return mapBodies(command, around, (list, depth, isLoop) => {
    const inner = list.map((statement) => ({
      ...statement,
      pipelines: statement.pipelines.map((pipeline) => ({
        ...pipeline,
        commands: pipeline.commands.map((each) => withTicks(each, depth)),
      })),
    }));
    return isLoop ? [stopOnInterrupt(depth), ...inner] : inner;
  });
}

/** `__tick || break <depth>`: out of the script's own loops, and not of the one that reads its lines. */
const stopOnInterrupt = (depth: number): Statement => ({
  ...statementOf(pipelineOf(inner('tick')), pipelineOf(simple('break', [quoted(String(depth))]))),
  operators: ['||'],
});

type MapBody = (list: readonly Statement[], depth: number, isLoop: boolean) => Statement[];

function mapBodies<Kind extends Command>(command: Kind, depth: number, map: MapBody): Kind {
  const body = (list: readonly Statement[]) => map(list, depth, false);
  const loop = (list: readonly Statement[]) => map(list, depth + 1, true);
  switch (command.type) {
    case 'If':
      return {
        ...command,
        clauses: command.clauses.map(({ condition, body: inside }) => ({
          condition: body(condition),
          body: body(inside),
        })),
        elseBody: command.elseBody && body(command.elseBody),
      };
    case 'While':
    case 'Until':
      return {
        ...command,
        condition: body(command.condition),
        body: loop(command.body),
      };
    case 'For':
    case 'CStyleFor':
      return { ...command, body: loop(command.body) };
    case 'Group':
      return { ...command, body: body(command.body) };
    case 'Subshell':
      // Its loops are its own.
      return { ...command, body: map(command.body, 0, false) };
    case 'Case':
      return {
        ...command,
        items: command.items.map((item) => ({ ...item, body: body(item.body) })),
      };
    default:
      return command;
  }
}

/** `{ …; } >> out 2>> error`, with what belongs to the whole left outside. */
function toSink(pipeline: Pipeline): Pipeline {
  const redirections = [appendTo(sinkPaths.out, null), appendTo(sinkPaths.error, 2)];
  const before = pipeline.commands.slice(0, -1);
  const last = pipeline.commands.slice(-1);
  // A here-document cannot be written inside of a group's line.
  if (contains(pipeline, ({ type }) => type === 'HereDoc')) {
    return {
      ...pipeline,
      commands: [...before, ...last.map((each) => redirect(each, redirections))],
    };
  }
  const commands = [...before, ...last.map(keepBytes)];
  return {
    ...pipelineOf({
      type: 'Group',
      body: [statementOf({ ...pipeline, commands, negated: false })],
      redirections,
    }),
    negated: pipeline.negated,
  };
}

/** A group hands its output on as text; a command that may print bytes sends them itself. */
function keepBytes(command: Command): Command {
  const printsBytes =
    command.type === 'SimpleCommand' && bashCommands.includes(literalOf(command.name) ?? '');
  return printsBytes ? redirect(command, [appendTo(sinkPaths.out, null)]) : command;
}

/** Before the command's own redirections, so that those win. */
const redirect = (command: Command, redirections: readonly Redirection[]): Command =>
  command.type === 'SimpleCommand'
    ? { ...command, redirections: [...redirections, ...command.redirections] }
    : command;
