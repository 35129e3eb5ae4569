/** Mends in a script what just-bash does not do: `$!`, text that is not ASCII in `read`, `grep --line-buffered`. */
import {
  type Command,
  inner,
  literalOf,
  pipelineOf,
  type Script,
  type SimpleCommand,
  type Statement,
  type Word,
} from './script-syntax.ts';

/** Stands for `$!`, which just-bash keeps to itself. */
export const lastBackground = '__last_background';

export const adaptScript = (script: Script): Script => adapt(script);

function adapt<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(adapt) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, adapt(value)]));
  if (copy.type === 'ParameterExpansion' && copy.parameter === '!') {
    return { ...copy, parameter: lastBackground } as Node;
  }
  if (copy.type === 'SimpleCommand')
    return withoutBuffering(copy as unknown as SimpleCommand) as Node;
  return (copy.type === 'Statement' ? decodeReads(copy as unknown as Statement) : copy) as Node;
}

/** Output is never held back here, and just-bash's grep does not know the wish. */
const withoutBuffering = (command: SimpleCommand): SimpleCommand => ({
  ...command,
  args: command.args.filter((word) => literalOf(word) !== '--line-buffered'),
});

/** `read x` becomes `read x && decode x`: just-bash reads bytes and leaves them as they are. */
function decodeReads(statement: Statement): Statement {
  const pipelines: Statement['pipelines'] = [];
  const operators: Statement['operators'] = [];
  for (const [at, pipeline] of statement.pipelines.entries()) {
    const before = statement.operators[at - 1];
    if (at > 0 && before) operators.push(before);
    pipelines.push(pipeline);
    const names = pipeline.commands.length === 1 ? namesRead(pipeline.commands[0]) : [];
    if (names.length === 0 || pipeline.negated) continue;
    operators.push('&&');
    pipelines.push(pipelineOf(inner('decode', names)));
  }
  return { ...statement, pipelines, operators };
}

function namesRead(command: Command | undefined): readonly Word[] {
  if (command?.type !== 'SimpleCommand' || literalOf(command.name) !== 'read') return [];
  return command.args.filter((word, at) => {
    const before = literalOf(command.args[at - 1]) ?? '';
    const isValue = /^-\w*[pntudNi]$/.test(before);
    return !isValue && /^[A-Za-z_]\w*$/.test(literalOf(word) ?? '');
  });
}
