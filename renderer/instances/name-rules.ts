/** What a name may hold, as the schema of the action that gives it says; and what is wrong with one that was typed. */
import { schemaFields } from '../ui/schema-fields.ts';

export interface NameRules {
  readonly maxLength: number;
  readonly pattern: RegExp;
}

export type NameProblem = 'empty' | 'long' | 'spaces' | 'unprintable';

/** @param input JSON Schema of the action's input, with a text field `name` */
export function nameRules(input: Readonly<Record<string, unknown>>): NameRules {
  const field = schemaFields(input).find(({ name }) => name === 'name');
  const { maxLength, pattern } = field?.kind === 'text' ? field : {};
  return {
    maxLength: maxLength ?? Number.POSITIVE_INFINITY,
    pattern: new RegExp(pattern ?? '', 'u'),
  };
}

export function nameProblem(name: string, rules: NameRules): NameProblem | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > rules.maxLength) return 'long';
  if (rules.pattern.test(name)) return undefined;
  return rules.pattern.test(name.trim()) ? 'spaces' : 'unprintable';
}
