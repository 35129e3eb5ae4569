/** A core that logs in by password to one server, whatever its files are like. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { ArgsOf, CallName } from '../../preload/contract/index.ts';
import { type LiveCore, startLiveCore } from './live-core.ts';
import { createTempDir } from './temp-dir.ts';

export interface OddDesk {
  readonly live: LiveCore;
  readonly instance: string;
  /** Where downloads go, alone in its parent. */
  readonly folder: string;
  /** Tells `done`, or the rule or code of the failure. */
  ask<Name extends Extract<CallName, `files.${string}`>>(
    name: Name,
    args: Omit<ArgsOf<Name>, 'instance'>,
    signal?: AbortSignal,
  ): Promise<string>;
  stop(): Promise<void>;
}

export const ruleOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error) => error.rule?.id ?? error.code,
  );

export async function startOddDesk(
  port: number,
  { password = 'x', toPage = false } = {},
): Promise<OddDesk> {
  const local = createTempDir('downloads');
  const folder = mkdtempSync(join(local.path, 'inner-'));
  const live = await startLiveCore({
    answer: ({ question }) =>
      question.kind === 'host-key'
        ? { kind: 'trust' }
        : { kind: 'secret', secret: password, remember: false },
    platform: toPage ? {} : { chooseFolder: () => Promise.resolve(folder) },
  });
  await live.client.call('vault.setUp', { mode: 'memory' });
  const instance = await live.addServer({ port, user: 'root', login: { kind: 'password' } });
  return {
    live,
    instance,
    folder,
    ask: (name, args, signal) =>
      ruleOf(
        live.client.call(name, { ...args, instance } as unknown as ArgsOf<typeof name>, signal),
      ),
    async stop() {
      await live.close();
      local.remove();
    },
  };
}
