/** Tokens of ssh_config(5) such as `%h`, and `${NAME}`: what stands for what, and where each is allowed. */
import { createHash } from 'node:crypto';

export interface Tokens {
  /** By its letter. */
  readonly [letter: string]: string;
}

export interface TokenFacts {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The ProxyJump in its own words; empty when there is none. */
  readonly jump: string;
  readonly hostKeyAlias: string | undefined;
  readonly localUser: string;
  /** This machine's name, with its domain. */
  readonly localHost: string;
  readonly localUserId: number;
  readonly homeDirectory: string;
}

/** For paths of keys, agents and known hosts. */
export function pathTokens(facts: TokenFacts): Tokens {
  const { alias, host, user, jump, localHost, localUser, localUserId, homeDirectory } = facts;
  const port = String(facts.port);
  const hash = createHash('sha1').update(`${localHost}${host}${port}${user}${jump}`).digest('hex');
  return {
    ...commandTokens(facts),
    C: hash,
    d: homeDirectory,
    i: String(localUserId),
    j: jump,
    k: facts.hostKeyAlias ?? alias,
    L: localHost.split('.')[0] ?? localHost,
    l: localHost,
    u: localUser,
  };
}

/** For ProxyCommand and ProxyJump. */
export const commandTokens = ({ alias, host, port, user }: TokenFacts): Tokens => ({
  '%': '%',
  h: host,
  n: alias,
  p: String(port),
  r: user,
});

/** @returns undefined when a token is not known: OpenSSH stops there too */
export function expandTokens(text: string, tokens: Tokens): string | undefined {
  let isKnown = true;
  const expanded = text.replace(/%(.)?/gs, (_whole, letter: string | undefined) => {
    const value = letter === undefined ? undefined : tokens[letter];
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? expanded : undefined;
}

/** @returns undefined when a variable is not set: OpenSSH stops there too */
export function expandEnvironment(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  let isKnown = true;
  const expanded = text.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    isKnown &&= environment[name] !== undefined;
    return environment[name] ?? '';
  });
  return isKnown ? expanded : undefined;
}
