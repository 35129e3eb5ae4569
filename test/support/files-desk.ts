/** A core with one instance, a real OpenSSH server, whose files are worked on. */
import { execFileSync } from 'node:child_process';
import type { ArgsOf, CallName, ResultOf } from '../../preload/contract/index.ts';
import { isRoot } from './account.ts';
import { type LiveCore, type LiveCoreOptions, startLiveCore, trustHostKeys } from './live-core.ts';
import { type Sshd, type SshdOptions, startSshd } from './sshd.ts';

type FileCall = Extract<CallName, `files.${string}`>;
type Without<Name extends FileCall> = Omit<ArgsOf<Name>, 'instance'>;

export interface FilesDesk {
  readonly live: LiveCore;
  readonly sshd: Sshd;
  readonly instance: string;
  /** A call about the instance's files. */
  call<Name extends FileCall>(
    name: Name,
    args: Without<Name>,
    signal?: AbortSignal,
  ): Promise<ResultOf<Name>>;
  /** All under the path belongs to the account that logs in. */
  giveAway(path: string): void;
  stop(): Promise<void>;
}

/** @param port that leads to the server, such as a proxy's */
export async function startFilesDesk(
  options: SshdOptions & { readonly port?: (sshd: Sshd) => Promise<number> } = {},
  liveOptions: LiveCoreOptions = {},
): Promise<FilesDesk> {
  const sshd = await startSshd(options);
  const live = await startLiveCore({
    answer: trustHostKeys,
    ...liveOptions,
  });
  const instance = await live.addSshd(sshd, { port: (await options.port?.(sshd)) ?? sshd.port });
  return {
    live,
    sshd,
    instance,
    call: (name, args, signal) =>
      live.client.call(name, { ...args, instance } as unknown as ArgsOf<typeof name>, signal),
    giveAway(path) {
      const { uid, gid } = sshd.account;
      if (isRoot) execFileSync('chown', ['-hR', `${uid}:${gid}`, path]);
    },
    async stop() {
      await live.close();
      await sshd.stop();
    },
  };
}
