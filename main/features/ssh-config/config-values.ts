/** What a configuration says for one host, in its own words: which blocks hold, and the first value of each option. */
import type { ConfigLine } from './config-lines.ts';
import { matchesHostLine, matchesPatterns } from './host-pattern.ts';
import type { ConfigNode, ConfigTree } from './read-config.ts';

export interface Asked {
  /** As typed after `ssh`. */
  readonly alias: string;
  /** Given on the command line, where it wins over the configuration. */
  readonly user?: string;
  readonly localUser: string;
}

export interface ConfigValues {
  /** The first line of each option, by its keyword. */
  readonly first: ReadonlyMap<string, ConfigLine>;
  /** Every IdentityFile and CertificateFile, as these add up. */
  readonly identityFiles: readonly string[];
  readonly certificateFiles: readonly string[];
  /** Whether a Host line has the very name, without wildcards. */
  readonly isNamed: boolean;
  /** Criteria of Match, such as `exec`, that are not judged here, and for which alone a block was left out. */
  readonly unjudged: ReadonlySet<string>;
}

export function valuesFor(config: ConfigTree, asked: Asked): ConfigValues {
  const first = new Map<string, ConfigLine>();
  const lists = { identityfile: new Set<string>(), certificatefile: new Set<string>() };
  let isNamed = false;
  const unjudged = new Set<string>();
  let wantsFinal = false;
  let isFinal = false;

  const hostName = () => {
    const [name] = first.get('hostname')?.words ?? [];
    return name === undefined ? asked.alias : expandHostName(name, asked.alias);
  };
  const matchesCriteria = (line: ConfigLine): boolean => {
    const { holds, askedFinal, strange } = judgeCriteria(splitCriteria(line.rest), {
      host: hostName(),
      originalHost: asked.alias,
      user: asked.user ?? first.get('user')?.words[0] ?? asked.localUser,
      localUser: asked.localUser,
      isFinal,
    });
    wantsFinal ||= askedFinal;
    if (holds) for (const criterion of strange) unjudged.add(criterion);
    return holds && strange.length === 0;
  };
  const take = (line: ConfigLine) => {
    const [word = ''] = line.words;
    if (line.keyword === 'identityfile' || line.keyword === 'certificatefile') {
      lists[line.keyword].add(word);
    } else if (line.keyword === 'hostname' && isFinal) {
      // By then the name is settled.
    } else if (!first.has(line.keyword) && !isOverruled(line.keyword, first)) {
      first.set(line.keyword, line);
    }
  };
  /** @param never nothing in here holds, because what includes it does not */
  const walk = (nodes: readonly ConfigNode[], holds: boolean, never: boolean) => {
    let active = holds;
    for (const node of nodes) {
      if (node.kind === 'include') {
        // A block that an included file opens ends with that file.
        for (const file of node.files) walk(file, active, never || !active);
      } else if (node.kind === 'host') {
        const host = isFinal ? hostName() : asked.alias;
        active = !never && matchesHostLine(node.patterns, host);
        isNamed ||= active && node.patterns.names.has(asked.alias);
      } else if (node.line.keyword === 'match') {
        active = matchesCriteria(node.line) && !never;
      } else if (active) {
        take(node.line);
      }
    }
  };
  const pass = () => {
    for (const file of config.files) walk(file, true, false);
  };
  pass();
  if (wantsFinal) {
    isFinal = true;
    pass();
  }
  return {
    first,
    identityFiles: [...lists.identityfile],
    certificateFiles: [...lists.certificatefile],
    isNamed,
    unjudged,
  };
}

/** Jump hosts and a command are two ways for one thing: whichever comes first; but `ProxyJump none` leaves a command. */
function isOverruled(keyword: string, first: ReadonlyMap<string, ConfigLine>): boolean {
  if (keyword === 'proxyjump') return first.has('proxycommand');
  const jump = first.get('proxyjump');
  return keyword === 'proxycommand' && jump !== undefined && !/^none$/i.test(jump.rest.trim());
}

/** `%h` is the name as typed. */
export const expandHostName = (text: string, alias: string): string =>
  text.replace(/%(.)/g, (whole, token: string) =>
    token === 'h' ? alias : token === '%' ? '%' : whole,
  );

/** Criteria are split at `=` too, and a quote may stand around the value only. */
const splitCriteria = (text: string): readonly string[] =>
  Array.from(text.matchAll(/"([^"]*)"|[^\s="]+/g), ([word, quoted]) => quoted ?? word);

interface MatchFacts {
  readonly host: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly isFinal: boolean;
}

interface Judgement {
  /** As far as it is judged. */
  readonly holds: boolean;
  readonly askedFinal: boolean;
  /** Criteria that would run a command, or are not known: nothing holds with them. */
  readonly strange: readonly string[];
}

function judgeCriteria(words: readonly string[], facts: MatchFacts): Judgement {
  let holds = words.length > 0;
  let askedFinal = false;
  const strange: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('#')) break;
    const isNegated = word.startsWith('!');
    const criterion = word.slice(isNegated ? 1 : 0).toLowerCase();
    if (criterion === 'all' || criterion === 'final' || criterion === 'canonical') {
      if (criterion === 'final') askedFinal = true;
      if ((criterion === 'all' || facts.isFinal) === isNegated) holds = false;
      continue;
    }
    const value = rest.shift();
    if (!judgedCriteria.includes(criterion)) strange.push(criterion);
    else if (value === undefined || isMet(criterion, value, facts) === isNegated) holds = false;
  }
  return { holds, askedFinal, strange };
}

const judgedCriteria = ['host', 'originalhost', 'user', 'localuser'];

function isMet(criterion: string, value: string, facts: MatchFacts): boolean {
  const patterns = value.split(',');
  switch (criterion) {
    case 'host':
      return matchesPatterns(lower(patterns), facts.host.toLowerCase());
    case 'originalhost':
      return matchesPatterns(lower(patterns), facts.originalHost.toLowerCase());
    case 'user':
      return matchesPatterns(patterns, facts.user);
    case 'localuser':
      return matchesPatterns(patterns, facts.localUser);
    default:
      return false;
  }
}

const lower = (patterns: readonly string[]): readonly string[] =>
  patterns.map((pattern) => pattern.toLowerCase());

/** Every name of a Host line without wildcards and negation, in order. */
export function namesIn(config: ConfigTree): readonly string[] {
  const names = new Set<string>();
  const walk = (nodes: readonly ConfigNode[]) => {
    for (const node of nodes) {
      if (node.kind === 'include') node.files.forEach(walk);
      else if (node.kind === 'host') {
        for (const name of node.patterns.names) names.add(name);
      }
    }
  };
  config.files.forEach(walk);
  return [...names];
}
