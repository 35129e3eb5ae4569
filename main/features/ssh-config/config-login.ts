/** How OpenSSH's configuration logs in to a host: the keys it names, and the agent. */
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { TextRef } from '../../../preload/contract/errors.ts';
import type { SshLogin } from '../../clouds/cloud.ts';
import { usualKeyNames } from '../ssh/local-keys.ts';
import { expandEnvironment, expandTokens, pathTokens, type TokenFacts } from './expand-tokens.ts';
import type { ResolvedHost } from './resolve-host.ts';
import type { ThisMachine } from './this-machine.ts';

/** Keys by their absolute paths, as far as they are there; what is named and missing is said. */
export function loginOf(
  { host, port, user, identityFiles, identitiesOnly, identityAgent }: ResolvedHost,
  facts: TokenFacts,
  machine: ThisMachine,
): { readonly login: SshLogin; readonly notes: readonly TextRef[] } {
  const toPath = (text: string) => expandPath(text, facts, machine);
  const named = identityFiles
    .filter((text) => text.toLowerCase() !== 'none')
    .map((text) => ({ text, path: toPath(text) }));
  const missing = named.filter(({ path }) => path === undefined || !isThere(path));
  const usual = usualKeyNames.map((name) => join(machine.homeDirectory, '.ssh', name));
  const files = identityFiles.length > 0 ? named.flatMap(({ path }) => path ?? []) : usual;
  const agentSocket = agentOf(identityAgent, toPath, machine);
  return {
    login: {
      kind: 'identities',
      files: files.filter(isThere),
      agent: !identitiesOnly && agentSocket !== 'none',
      ...(agentSocket && { agentSocket }),
      passwordId: `ssh-config/${user}@${host}:${port}/password`,
    },
    notes: missing.map(({ text, path = text }) => ({ id: 'config-key-missing', params: { path } })),
  };
}

/** The public half is enough where an agent holds the other. */
const isThere = (path: string): boolean => existsSync(path) || existsSync(`${path}.pub`);

/** @returns undefined for the usual agent */
function agentOf(
  text: string | undefined,
  toPath: (text: string) => string | undefined,
  { environment }: ThisMachine,
): string | undefined {
  if (text === undefined || text === 'SSH_AUTH_SOCK') return undefined;
  if (text.toLowerCase() === 'none') return 'none';
  const [, variable] = /^\$(\w+)$/.exec(text) ?? [];
  return (variable === undefined ? toPath(text) : environment[variable]) ?? 'none';
}

/**
 * OpenSSH reads a relative path from wherever it was started; here that is the home directory.
 * @returns undefined where a token or a variable is not known
 */
export function expandPath(
  text: string,
  facts: TokenFacts,
  { homeDirectory, environment }: ThisMachine,
): string | undefined {
  const withTokens = expandTokens(text, pathTokens(facts));
  const path = withTokens === undefined ? undefined : expandEnvironment(withTokens, environment);
  if (path === undefined) return undefined;
  if (/^~([\\/]|$)/.test(text)) return join(homeDirectory, path.slice(1));
  return isAbsolute(path) ? path : join(homeDirectory, path);
}
