/** Where a live command's output goes: the terminal, a file that grows, or filters that take it as it comes. */
import type { ResolvedCommandContext } from 'just-bash/browser';
import { execute, gather, type Output, type RunnerParts } from './command-runner.ts';
import { InterruptedError } from './interruption.ts';

export interface LiveOptions {
  readonly words: readonly string[];
  readonly stages: readonly string[];
  readonly collect: string | undefined;
  readonly merge: boolean;
  readonly to: { readonly path: string; readonly append: boolean } | undefined;
  readonly errorsTo: { readonly path: string; readonly append: boolean } | undefined;
}

/** Reads `OPTIONS -- WORDS`, as scripts are rewritten to. */
export function readLiveOptions(
  args: readonly string[],
  directory: (path: string) => string,
): LiveOptions {
  const end = args.indexOf('--');
  const options = args.slice(0, end);
  const valuesOf = (name: string) =>
    options.flatMap((option, at) => (option === name ? [options[at + 1] ?? ''] : []));
  const target = (plain: string, append: string) => {
    const [over, more] = [valuesOf(plain).at(-1), valuesOf(append).at(-1)];
    if (more !== undefined) return { path: directory(more), append: true };
    return over === undefined ? undefined : { path: directory(over), append: false };
  };
  return {
    words: args.slice(end + 1),
    stages: valuesOf('--stage'),
    collect: valuesOf('--collect').at(-1),
    merge: options.includes('--merge'),
    to: target('--to', '--append'),
    errorsTo: target('--errors-to', '--errors-append'),
  };
}

export interface LiveOutput extends Output {
  /** Aborted once a reader has enough, as head does. */
  readonly enough: AbortSignal;
  /** Sends what is left when the command has ended. @returns the exit status of the whole pipeline */
  finish(status: number): Promise<number>;
}

export async function openLiveOutput(
  { stages, collect, merge, to, errorsTo }: LiveOptions,
  context: ResolvedCommandContext,
  { files, sink, interruption }: RunnerParts,
): Promise<LiveOutput> {
  const enough = new AbortController();
  const toTerminal = (text: string | Uint8Array) => sink.write('out', text);
  for (const file of [to, errorsTo]) {
    if (file && !file.append) await files.writeFile(file.path, '');
  }
  const write = to ? (text: string | Uint8Array) => files.appendFile(to.path, text) : toTerminal;
  const writeError = async (text: string): Promise<void> => {
    if (merge) return out(text);
    if (errorsTo) return files.appendFile(errorsTo.path, text);
    return sink.write('error', text);
  };
  const filters = stages.map((line) => createFilter(line, context, interruption.signal));
  const gathered = collect === undefined ? undefined : gather();
  let rest = '';

  const through = async (text: string): Promise<void> => {
    let passing = text;
    for (const filter of filters) {
      if (passing === '') return;
      const { output, errors } = await filter(passing);
      if (errors !== '') await writeError(errors);
      passing = output;
    }
    await write(passing);
  };
  const out = async (data: string | Uint8Array): Promise<void> => {
    if (gathered) return gathered.out(data);
    if (filters.length === 0) return write(data);
    rest += typeof data === 'string' ? data : Buffer.from(data).toString();
    const end = rest.lastIndexOf('\n') + 1;
    const lines = rest.slice(0, end);
    rest = rest.slice(end);
    if (lines !== '') await through(lines);
    if (filters.some((filter) => filter.isFull())) {
      enough.abort();
      throw new InterruptedError();
    }
  };
  return {
    out,
    error: writeError,
    enough: enough.signal,
    async finish(status) {
      if (interruption.raised) return status;
      if (rest !== '' && !enough.signal.aborted) await through(rest);
      const last = filters.at(-1);
      if (last) return last.status();
      if (!gathered || collect === undefined) return status;
      const outcome = await execute(context, collect, {
        input: gathered.text(),
        signal: interruption.signal,
      });
      await write(outcome.output);
      await writeError(outcome.errors);
      return outcome.status;
    },
  };
}

interface Filter {
  (text: string): Promise<{ readonly output: string; readonly errors: string }>;
  isFull(): boolean;
  /** 0 once any part went well, as grep's when it found something. */
  status(): number;
}

/** `head` counts over all parts; the others see each part by itself. */
function createFilter(line: string, context: ResolvedCommandContext, signal: AbortSignal): Filter {
  const [, lines] = /^head(?:\s+(?:-n\s*|-|--lines=)(\d+))?\s*$/.exec(line) ?? [];
  let left = line.startsWith('head') ? Number(lines ?? 10) : Number.POSITIVE_INFINITY;
  const [, teeOptions, teeFiles] = /^tee((?:\s+-\w+)*)\s+(.*)$/.exec(line) ?? [];
  let first = true;
  let status = 1;
  const filter = async (text: string) => {
    if (line.startsWith('head')) {
      const taken = text.split('\n').slice(0, left);
      status = 0;
      left -= Math.min(taken.length, text.split('\n').length - 1);
      return {
        output: text
          .split(/(?<=\n)/)
          .slice(0, taken.length)
          .join(''),
        errors: '',
      };
    }
    const again = teeFiles !== undefined && !first ? `tee -a${teeOptions ?? ''} ${teeFiles}` : line;
    first = false;
    const outcome = await execute(context, again, { input: text, signal });
    status = Math.min(status, outcome.status);
    return outcome;
  };
  return Object.assign(filter, { isFull: () => left <= 0, status: () => status });
}
