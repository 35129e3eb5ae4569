/** Whether a command reads standard input: just-bash wants all of it beforehand, and a terminal must be asked for it. */
import { literalOf, type Script, type SimpleCommand, type Statement } from './script-syntax.ts';

interface Habit {
  /** From how many operands on it reads files instead. */
  readonly filesFrom: number;
  /** One-letter options that take a value. */
  readonly valued?: string;
}

const never = Number.POSITIVE_INFINITY;

const habits: Readonly<Record<string, Habit>> = {
  cat: { filesFrom: 1 },
  tac: { filesFrom: 1 },
  rev: { filesFrom: 1 },
  nl: { filesFrom: 1 },
  wc: { filesFrom: 1 },
  sort: { filesFrom: 1, valued: 'kto' },
  uniq: { filesFrom: 1, valued: 'fsw' },
  head: { filesFrom: 1, valued: 'nc' },
  tail: { filesFrom: 1, valued: 'nc' },
  cut: { filesFrom: 1, valued: 'dfcb' },
  od: { filesFrom: 1, valued: 'AtNj' },
  base64: { filesFrom: 1, valued: 'w' },
  md5sum: { filesFrom: 1 },
  sha1sum: { filesFrom: 1 },
  sha256sum: { filesFrom: 1 },
  gzip: { filesFrom: 1 },
  gunzip: { filesFrom: 1 },
  zcat: { filesFrom: 1 },
  bash: { filesFrom: 1 },
  sh: { filesFrom: 1 },
  dd: { filesFrom: 1 },
  grep: { filesFrom: 2, valued: 'mABC' },
  egrep: { filesFrom: 2, valued: 'mABC' },
  sed: { filesFrom: 2 },
  awk: { filesFrom: 2, valued: 'Fv' },
  jq: { filesFrom: 2 },
  tr: { filesFrom: never },
  tee: { filesFrom: never },
  xargs: { filesFrom: never },
  mapfile: { filesFrom: never },
};

export function readsInput(command: SimpleCommand): boolean {
  if (command.redirections.some(({ operator }) => operator.startsWith('<'))) return false;
  const name = literalOf(command.name);
  if (name === undefined) return false;
  const args = command.args.map((word) => literalOf(word) ?? 'expanded');
  if (name === 'sudo' || name === 'nohup') {
    return readsInput({ ...command, name: command.args[0] ?? null, args: command.args.slice(1) });
  }
  if (name === 'tar') {
    const letters = args[0]?.replace(/^-/, '') ?? '';
    return args.includes('-') || (/[xt]/.test(letters) && !letters.includes('f'));
  }
  const habit = habits[name];
  if (!habit) return false;
  if (args.includes('-')) return true;
  if ((name === 'sh' || name === 'bash') && args.some((arg) => /^-\w*[cs]/.test(arg))) {
    return args.some((arg) => /^-\w*s/.test(arg));
  }
  return operands(args, habit.valued ?? '') < habit.filesFrom;
}

function operands(args: readonly string[], valued: string): number {
  let count = 0;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (!arg.startsWith('-') || arg === '-') count += 1;
    else if (arg.length === 2 && valued.includes(arg.slice(1))) index += 1;
  }
  return count;
}

/** Whether any command of a script may read the script's own input. */
export function scriptReadsInput({ statements }: Script): boolean {
  return statements.some(statementReadsInput);
}

function statementReadsInput(statement: Statement): boolean {
  return statement.pipelines.some(({ commands: [head] }) => {
    if (!head || head.type === 'FunctionDef') return false;
    if (head.redirections.some(({ operator }) => operator.startsWith('<'))) return false;
    switch (head.type) {
      case 'SimpleCommand':
        return literalOf(head.name) === 'read' || readsInput(head);
      case 'If':
        return [
          ...head.clauses.flatMap(({ condition, body }) => [...condition, ...body]),
          ...(head.elseBody ?? []),
        ].some(statementReadsInput);
      case 'While':
      case 'Until':
        return [...head.condition, ...head.body].some(statementReadsInput);
      case 'Case':
        return head.items.flatMap(({ body }) => body).some(statementReadsInput);
      case 'For':
      case 'CStyleFor':
      case 'Group':
      case 'Subshell':
        return head.body.some(statementReadsInput);
      default:
        return false;
    }
  });
}
