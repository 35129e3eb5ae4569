/** What OpenSSH's configuration may ask about this machine, and where its files lie. */
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../../platform/platform.ts';
import type { ConfigPlaces } from './read-config.ts';

/** Who asks, and where: what tokens and `Match localuser` speak of. */
export interface ThisMachine {
  readonly localUser: string;
  readonly localUserId: number;
  readonly localHost: string;
  readonly homeDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The file of hosts kept here for other programs. */
export const includeFilePath = (dataDirectory: string): string => join(dataDirectory, 'ssh_config');

export function thisMachine(
  { homeDirectory, environment }: Pick<Platform, 'homeDirectory' | 'environment'>,
  leftOut: string,
): ThisMachine & ConfigPlaces {
  const { ProgramData } = environment;
  return {
    homeDirectory,
    environment,
    leftOut,
    systemDirectory: ProgramData === undefined ? '/etc/ssh' : join(ProgramData, 'ssh'),
    localHost: hostname(),
    localUser: localUser(environment),
    localUserId: process.getuid?.() ?? 0,
  };
}

/** A user without an entry in the system's list, as in some containers, has no name there. */
function localUser({ USER, USERNAME }: Platform['environment']): string {
  try {
    return userInfo().username;
  } catch {
    return USER ?? USERNAME ?? '';
  }
}
