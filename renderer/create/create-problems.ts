/** What keeps a draft from being ordered, by field. */
import { type NameProblem, type NameRules, nameProblem } from '../instances/name-rules.ts';
import {
  type CreateDraft,
  chosenSpec,
  isOutOfStock,
  mostUnits,
  type Offered,
  type PortDraft,
  type VariableDraft,
} from './create-draft.ts';

export interface CreateProblems {
  readonly source?: 'missing';
  readonly region?: 'missing';
  readonly hardware?: 'missing' | 'out-of-stock';
  readonly units?: 'range';
  readonly name?: NameProblem;
  /** By place in the list. */
  readonly ports: readonly (PortProblem | undefined)[];
  readonly variables: readonly (VariableProblem | undefined)[];
}

export type PortProblem = 'range' | 'twice';
export type VariableProblem = 'name' | 'value' | 'twice';

const lastPort = 65_535;

export function problemsOf(draft: CreateDraft, offered: Offered, names: NameRules): CreateProblems {
  const id = draft.source === 'image' ? draft.imageId : draft.snapshotId;
  const name = nameProblem(draft.name.trim(), names);
  return {
    ...(id.trim() === '' && { source: 'missing' }),
    ...(draft.region.trim() === '' && { region: 'missing' }),
    ...hardwareProblem(draft, offered),
    ...(name && { name }),
    ports: draft.ports.map((port, at) => portProblem(port, draft.ports.slice(0, at))),
    variables: draft.variables.map((variable, at) =>
      variableProblem(variable, draft.variables.slice(0, at)),
    ),
  };
}

/** @param except fields that do not count, as the hardware one waits for */
export const isOrderable = (
  { ports, variables, ...fields }: CreateProblems,
  except: readonly (keyof CreateProblems)[] = [],
): boolean =>
  Object.keys(fields).every((field) => except.some((name) => name === field)) &&
  [...ports, ...variables].every((problem) => problem === undefined);

function hardwareProblem(
  draft: CreateDraft,
  { hardware }: Offered,
): Pick<CreateProblems, 'hardware' | 'units'> {
  if (draft.hardware.trim() === '') return { hardware: 'missing' };
  const isWhole = Number.isInteger(draft.units) && draft.units >= 1;
  // Without a catalogue only the cloud can say what there is.
  if (!hardware) return isWhole ? {} : { units: 'range' };
  const spec = chosenSpec(draft, hardware);
  if (!spec) return { hardware: 'missing' };
  if (isOutOfStock(spec)) return { hardware: 'out-of-stock' };
  return isWhole && draft.units <= mostUnits(spec) ? {} : { units: 'range' };
}

function portProblem({ port }: PortDraft, before: readonly PortDraft[]): PortProblem | undefined {
  const number = readPortNumber(port);
  if (number === undefined) return 'range';
  return before.some((other) => readPortNumber(other.port) === number) ? 'twice' : undefined;
}

export function readPortNumber(text: string): number | undefined {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return number >= 1 && number <= lastPort ? number : undefined;
}

function variableProblem(
  { name, value }: VariableDraft,
  before: readonly VariableDraft[],
): VariableProblem | undefined {
  if (!/^[A-Za-z_]\w{0,127}$/.test(name)) return 'name';
  if (before.some((other) => other.name === name)) return 'twice';
  // The cloud's API parts variables with semicolons.
  return /[;\0\r\n]/.test(value) ? 'value' : undefined;
}
