/** What OpenSSH's configuration may ask about this machine, and where its files lie. */
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Platform } from '../../platform/platform.ts';
import type { ThisMachine } from './config-access.ts';
import type { ConfigPlaces } from './read-config.ts';

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
