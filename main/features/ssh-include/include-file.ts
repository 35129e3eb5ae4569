/** The managed file of hosts: written while it is switched on, kept up with the fleet, and led to by one line of OpenSSH's configuration. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CloudError, type TextRef } from '../../../preload/contract/errors.ts';
import type { IncludeFile } from '../../../preload/contract/ssh.ts';
import { writeFileSafely } from '../../core/files.ts';
import type { Log } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { Settings } from '../../core/settings.ts';
import type { Fleet } from '../fleet.ts';
import type { Routes } from '../ssh/routes.ts';
import type { ConfigFollower } from '../ssh-config/config-follower.ts';
import { includeFilePath } from '../ssh-config/this-machine.ts';
import { changeConfig } from './change-config.ts';
import { canBeIncluded, hasLine, includeLine, withLine, withoutLine } from './config-line.ts';
import { includeText, publishedText } from './include-text.ts';
import { includedFleet } from './included-hosts.ts';

export interface ManagedInclude {
  readonly handlers: Pick<Handlers, 'ssh.includeFile' | 'ssh.setIncludeFile'>;
  /** The name `ssh` understands for an instance, while it does. */
  aliasOf(instance: string): string | undefined;
  close(): void;
}

export interface IncludeParts {
  readonly settings: Settings;
  readonly fleet: Pick<Fleet, 'instances'>;
  readonly routes: Pick<Routes, 'to'>;
  readonly sshConfig: Pick<ConfigFollower, 'names' | 'onChange'>;
  readonly dataDirectory: string;
  readonly homeDirectory: string;
  readonly log: Log;
}

/** How often is looked whether the fleet has changed. */
const lookEveryMs = 2000;

export function createIncludeFile(parts: IncludeParts): ManagedInclude {
  const { settings, fleet, routes, sshConfig, dataDirectory, homeDirectory, log } = parts;
  const path = includeFilePath(dataDirectory);
  const publishedPath = join(dataDirectory, 'published_known_hosts');
  const configPath = join(homeDirectory, '.ssh/config');
  const line = includeLine(path);
  let aliases: ReadonlyMap<string, string> = new Map();
  let written = '';
  let seen = '';
  let problem: TextRef | undefined;

  const isOn = () => settings.read().includeFile;
  const status = (): IncludeFile => ({
    on: isOn(),
    path,
    configPath,
    line,
    aliases: isOn() ? aliases.size : 0,
    ...(problem && { problem }),
  });
  /** What the file is made of, cheaply told. */
  const signature = () => {
    const { connectionOptions, accountPreferences } = settings.read();
    const instances = [...fleet.instances.values()].map(
      ({ key, name, ssh, follows, state }) =>
        `${key} ${name} ${ssh?.host} ${ssh?.port} ${ssh?.user} ${follows} ${state.kind}`,
    );
    return JSON.stringify([instances, connectionOptions, accountPreferences, sshConfig.names()]);
  };

  async function writeFiles(): Promise<void> {
    const taken = new Set(sshConfig.names());
    const instances = [...fleet.instances.values()];
    const included = await includedFleet(instances, routes, taken, homeDirectory);
    if (!isOn()) return;
    aliases = included.aliases;
    const text = includeText(included.hosts, [join(dataDirectory, 'known_hosts'), publishedPath]);
    const published = publishedText(included.hosts);
    if (text + published === written && existsSync(path)) return;
    writeFileSafely(publishedPath, published);
    writeFileSafely(path, text);
    written = text + published;
  }

  const lineIsThere = () => {
    try {
      return hasLine(readFileSync(configPath), line);
    } catch {
      return false;
    }
  };
  /** Whoever took the line out wants it out: it is said, and not put back. */
  const checkLine = () => {
    if (isOn()) problem = lineIsThere() ? undefined : { id: 'include-line-gone' };
  };
  const keepUp = async () => {
    const now = isOn() ? signature() : '';
    if (now === seen) return;
    seen = now;
    if (!isOn()) return;
    await writeFiles().catch((error: unknown) => {
      problem = asProblem(error);
      log.warn('the file of hosts could not be written', { error });
    });
  };

  checkLine();
  sshConfig.onChange(checkLine);
  const looking = setInterval(() => void keepUp(), lookEveryMs).unref();

  return {
    handlers: {
      'ssh.includeFile': status,
      'ssh.setIncludeFile': async ({ on }) => {
        settings.change({ includeFile: on });
        problem = undefined;
        try {
          if (on) {
            await writeFiles();
            // Switched off again meanwhile.
            if (!isOn()) return status();
            if (canBeIncluded(path)) changeConfig(configPath, (content) => withLine(content, line));
            else problem = { id: 'include-path-unfit', params: { path } };
          } else {
            changeConfig(configPath, withoutLine);
            for (const file of [path, publishedPath]) rmSync(file, { force: true });
            written = '';
          }
        } catch (error) {
          problem = asProblem(error);
        }
        return status();
      },
    },
    aliasOf: (instance) => (isOn() && !problem ? aliases.get(instance) : undefined),
    close: () => clearInterval(looking),
  };
}

function asProblem(error: unknown): TextRef {
  if (error instanceof CloudError && error.rule) return error.rule;
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  return { id: 'include-failed', params: { detail: (code || message).slice(0, 200) } };
}
