/** Which commands print as they run, and how a script hands them the terminal: `__live OPTIONS -- COMMAND`. */
import {
  type Command,
  inner,
  literalOf,
  pipelineOf,
  quoted,
  type Redirection,
  type ScriptSyntax,
  type SimpleCommand,
  scriptOf,
  statementOf,
  type Word,
} from './script-syntax.ts';

const always = new Set(
  'ls yes ping watch top htop less more vi vim nano man python3 python nvidia-smi apt apt-get pip pip3 wget curl git'.split(
    ' ',
  ),
);
const readers = new Set(['less', 'more']);
const wrappers = new Set(['sudo', 'nohup', 'nice', 'timeout', 'time', 'stdbuf']);
/** Work on each part of their input by itself, so that it can be fed to them as it comes. */
const filters = new Set('grep egrep fgrep sed cut tr awk head tee cat rev'.split(' '));

function isLive(words: readonly (Word | null)[]): boolean {
  const [name, ...args] = words.map((word) => literalOf(word));
  if (name === undefined) return false;
  if (always.has(name)) return true;
  if (name === 'tail') {
    return args.some((arg) => arg !== undefined && /^-\w*[fF]|^--follow/.test(arg));
  }
  if (!wrappers.has(name)) return false;
  const inner = args.findIndex((arg) => arg === undefined || /^[a-z]/.test(arg));
  return inner >= 0 && isLive(words.slice(inner + 1));
}

/** @returns undefined when the command is none of these, or its redirections are beyond this */
export function liveCommand(
  command: SimpleCommand,
  use: 'alone' | 'reads-pipe' = 'alone',
): SimpleCommand | undefined {
  const words = [command.name, ...command.args];
  if (use === 'reads-pipe' && !readers.has(literalOf(command.name) ?? '')) return undefined;
  if (!isLive(words)) return undefined;
  const redirected = outputOptions(command.redirections);
  if (!redirected) return undefined;
  return live(command, redirected.options, redirected.others);
}

/** `live | filter | filter` as one command. */
export function livePipeline(
  [head, ...rest]: readonly Command[],
  serialize: ScriptSyntax['serialize'],
): SimpleCommand | undefined {
  if (head?.type !== 'SimpleCommand' || !isLive([head.name, ...head.args])) return undefined;
  if (readers.has(literalOf(head.name) ?? '')) return undefined;
  const merged = head.redirections.some(isMerge);
  const others = head.redirections.filter((redirection) => !isMerge(redirection));
  if (others.some(({ operator }) => !operator.startsWith('<'))) return undefined;
  const text = (...commands: readonly Command[]) =>
    quoted(serialize(scriptOf(statementOf(pipelineOf(...commands)))));
  const filtering = rest.every(
    (command) =>
      command.type === 'SimpleCommand' &&
      command.redirections.length === 0 &&
      filters.has(literalOf(command.name) ?? ''),
  );
  const stages = filtering
    ? rest.flatMap((command) => [quoted('--stage'), text(command)])
    : [quoted('--collect'), text(...rest)];
  return live(head, [...(merged ? [quoted('--merge')] : []), ...stages], others);
}

function live(
  command: SimpleCommand,
  options: readonly Word[],
  redirections: readonly Redirection[],
): SimpleCommand {
  const words = command.name ? [command.name, ...command.args] : command.args;
  return inner('live', [...options, quoted('--'), ...words], {
    assignments: command.assignments,
    redirections: [...redirections],
  });
}

const isMerge = ({ fd, operator, target }: Redirection) =>
  fd === 2 && operator === '>&' && target.type === 'Word' && literalOf(target) === '1';

/** `> file`, `>> file`, `2> file`, `2>&1`, `&> file` as options, so that the file grows as it runs. */
function outputOptions(
  redirections: readonly Redirection[],
): { readonly options: readonly Word[]; readonly others: readonly Redirection[] } | undefined {
  const options: Word[] = [];
  const others: Redirection[] = [];
  for (const redirection of redirections) {
    const { fd, operator, target } = redirection;
    if (operator.startsWith('<')) {
      others.push(redirection);
      continue;
    }
    if (target.type !== 'Word') return undefined;
    const append = operator === '>>' || operator === '&>>';
    if (isMerge(redirection)) options.push(quoted('--merge'));
    else if (operator === '&>' || operator === '&>>') {
      options.push(quoted(append ? '--append' : '--to'), target, quoted('--merge'));
    } else if (operator !== '>' && operator !== '>>' && operator !== '>|') return undefined;
    else if (fd === 2) options.push(quoted(append ? '--errors-append' : '--errors-to'), target);
    else if (fd === null || fd === 1) options.push(quoted(append ? '--append' : '--to'), target);
    else return undefined;
  }
  return { options, others };
}
