/** OpenSSH's patterns: `*` and `?`, lists with commas, negation (ssh_config(5), PATTERNS). */

/** Case counts. No regular expression, so that no pattern can be slow. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      t = resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** The patterns of a Host line, sorted so that thousands of plain names are told apart at once. */
export interface HostPatterns {
  /** Without wildcards and negation. */
  readonly names: ReadonlySet<string>;
  readonly others: readonly string[];
}

export const hostPatterns = (words: readonly string[]): HostPatterns => ({
  names: new Set(words.filter((word) => !/[*?!]/.test(word))),
  others: words.filter((word) => /[*?!]/.test(word)),
});

export function matchesHostLine({ names, others }: HostPatterns, host: string): boolean {
  if (others.length === 0) return names.has(host);
  return matchesPatterns(names.has(host) ? ['*', ...others] : others, host);
}

/** One match is enough, and one negated match forbids. */
export function matchesPatterns(patterns: readonly string[], text: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1), text)) return false;
    } else if (matchesPattern(pattern, text)) {
      matched = true;
    }
  }
  return matched;
}
