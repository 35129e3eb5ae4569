/** A home directory with a configuration of OpenSSH's, followed as the application follows it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConfigFollower,
  followConfig,
} from '../../main/features/ssh-config/config-follower.ts';
import { createTempDir } from './temp-dir.ts';

export interface ConfigHome {
  readonly path: string;
  /** A path in its `.ssh`. */
  inSsh(name: string): string;
  write(text: string, name?: string): void;
  /** @param text written first, if given */
  follow(text?: string): ConfigFollower;
  /** What the last one followed lists after this was written. */
  read(text: string): ReturnType<ConfigFollower['list']>;
  /** Ends every following so far. */
  forget(): void;
  remove(): void;
}

export function createConfigHome(): ConfigHome {
  const directory = createTempDir('follower');
  const followers: ConfigFollower[] = [];
  const inSsh = (name: string) => join(directory.path, '.ssh', name);
  mkdirSync(inSsh(''));
  const home: ConfigHome = {
    path: directory.path,
    inSsh,
    write: (text, name = 'config') => writeFileSync(inSsh(name), text, { mode: 0o600 }),
    follow(text) {
      if (text !== undefined) home.write(text);
      const follower = followConfig({
        homeDirectory: directory.path,
        systemDirectory: join(directory.path, 'etc'),
        leftOut: inSsh('ours'),
        environment: { KEYS: inSsh('keys'), AGENT: '/run/agent' },
        localUser: 'ada',
        localUserId: 1000,
        localHost: 'desk.example',
      });
      followers.push(follower);
      return follower;
    },
    read: (text) => home.follow(text).list(new Set()),
    forget() {
      for (const follower of followers.splice(0)) follower.close();
    },
    remove() {
      home.forget();
      directory.remove();
    },
  };
  return home;
}
