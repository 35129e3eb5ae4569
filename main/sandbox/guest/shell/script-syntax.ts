/** The syntax tree of a shell script: just-bash's own, read, written back, and built from small pieces. */
import { Bash, InMemoryFs } from 'just-bash/browser';
import { innerCommand } from './worker-files.ts';

export type Script = ReturnType<Bash['transform']>['ast'];
export type Statement = Script['statements'][number];
export type Pipeline = Statement['pipelines'][number];
export type Command = Pipeline['commands'][number];
export type SimpleCommand = Extract<Command, { type: 'SimpleCommand' }>;
export type Word = NonNullable<SimpleCommand['name']>;
export type Redirection = SimpleCommand['redirections'][number];

export interface ScriptSyntax {
  /** @throws Error with bash's words when it is no script */
  parse(text: string): Script;
  serialize(script: Script): string;
}

/** just-bash parses and serializes only in one go, with plugins between: this one takes the tree and puts another. */
export function createScriptSyntax(): ScriptSyntax {
  const bash = new Bash({ fs: new InMemoryFs(), commands: [], defenseInDepth: false });
  const nothing = scriptOf();
  let [parsed, replacement] = [nothing, nothing];
  bash.registerTransformPlugin({
    name: 'exchange',
    transform({ ast }) {
      parsed = ast;
      return { ast: replacement };
    },
  });
  return {
    parse(text) {
      replacement = nothing;
      bash.transform(text);
      return parsed;
    },
    serialize(script) {
      replacement = script;
      return bash.transform(':').script;
    },
  };
}

/** The script of a text; undefined when it wants more lines, as after an open quote or `do`. @throws as `parse` */
export function parseLines({ parse }: ScriptSyntax, text: string): Script | undefined {
  if (/(^|[^\\])(\\|\||&&)\s*$/.test(text)) return undefined;
  try {
    const script = parse(text);
    return hasOpenHereDocument(script) ? undefined : script;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isOpen = /unexpected EOF|got EOF/.test(message) || /\b(then|do|else)\s*$/.test(text);
    if (isOpen) return undefined;
    throw error;
  }
}

/** Here-documents whose end has not come are parsed without complaint. */
const hasOpenHereDocument = (script: Script): boolean =>
  contains(script, ({ type, terminated }) => type === 'HereDoc' && terminated === false);

/** Whether any node of a tree passes. */
export function contains(
  tree: unknown,
  passes: (node: Readonly<Record<string, unknown>>) => boolean,
): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  return (
    passes(tree as Readonly<Record<string, unknown>>) ||
    Object.values(tree).some((value) => contains(value, passes))
  );
}

/** The text of a word that has no expansions; undefined for others. */
export function literalOf(word: Word | null | undefined): string | undefined {
  let text = '';
  for (const part of word?.parts ?? []) {
    if (part.type === 'DoubleQuoted') {
      const inner = literalOf({ type: 'Word', parts: part.parts });
      if (inner === undefined) return undefined;
      text += inner;
    } else if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped') {
      text += part.value;
    } else return undefined;
  }
  return word ? text : undefined;
}

export const quoted = (value: string): Word => ({
  type: 'Word',
  parts: [{ type: 'SingleQuoted', value }],
});

const plain = (value: string): Word => ({ type: 'Word', parts: [{ type: 'Literal', value }] });

export const simple = (
  name: string,
  args: readonly Word[] = [],
  rest: Partial<Pick<SimpleCommand, 'assignments' | 'redirections'>> = {},
): SimpleCommand => ({
  type: 'SimpleCommand',
  assignments: rest.assignments ?? [],
  name: plain(name),
  args: [...args],
  redirections: rest.redirections ?? [],
});

/** One of the commands that only rewritten scripts use. */
export const inner = (...[name, ...rest]: Parameters<typeof simple>): SimpleCommand =>
  simple(innerCommand(name), ...rest);

export const pipelineOf = (...commands: readonly Command[]): Pipeline => ({
  type: 'Pipeline',
  commands: [...commands],
  negated: false,
});

export const statementOf = (...pipelines: readonly Pipeline[]): Statement => ({
  type: 'Statement',
  pipelines: [...pipelines],
  operators: [],
  background: false,
});

export const scriptOf = (...statements: readonly Statement[]): Script => ({
  type: 'Script',
  statements: [...statements],
});

export const appendTo = (path: string, fd: number | null): Redirection => ({
  type: 'Redirection',
  fd,
  operator: '>>',
  target: plain(path),
});
