/** What connecting needs, real and small: a known_hosts of a test's own, a vault in memory, a person who answers. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SshAccess } from '../../main/clouds/cloud.ts';
import { systemClock } from '../../main/core/clock.ts';
import { createEvents } from '../../main/core/events.ts';
import { createRedactor, type Log, type Redactor } from '../../main/core/log.ts';
import { createNotices } from '../../main/core/notices.ts';
import { openVault, type Vault } from '../../main/core/vault.ts';
import { runningCrypto } from '../../main/features/ssh/algorithms.ts';
import type { ConnectParts } from '../../main/features/ssh/connect.ts';
import { openKnownHosts } from '../../main/features/ssh/known-hosts.ts';
import type { AuthRequest } from '../../main/features/ssh/login-request.ts';
import { createPrompts } from '../../main/features/ssh/prompts.ts';
import { createVaultDoor } from '../../main/features/vault.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import type { Delta } from '../../preload/contract/collection.ts';
import type { Prompt, PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import type { CoreMessage } from '../../preload/contract/wire.ts';
import { createTempDir } from './temp-dir.ts';

export interface TestConnectParts {
  readonly connectParts: ConnectParts;
  readonly vault: Vault;
  readonly redactor: Redactor;
  readonly homeDirectory: string;
  /** Every question asked so far. */
  readonly asked: readonly PromptQuestion[];
  remove(): void;
}

/** @param answer how the person answers; nothing: the question stays open */
export async function createConnectParts(
  answer: (question: PromptQuestion) => PromptAnswer | undefined = () => undefined,
): Promise<TestConnectParts> {
  const directory = createTempDir('connect');
  const homeDirectory = join(directory.path, 'home');
  mkdirSync(join(homeDirectory, '.ssh'), { recursive: true });
  const events = createEvents();
  const redactor = createRedactor();
  const vault = await openVault(
    createNodePlatform({ dataDirectory: directory.path, version: '0.0.0-test' }),
    createNotices(events, systemClock),
    redactor,
    () => {},
  );
  vault.setUpMemory();
  const prompts = createPrompts(events, systemClock, vault, redactor);
  const asked: PromptQuestion[] = [];
  const signal = new AbortController().signal;
  events.subscribe((text) => {
    const message = JSON.parse(text) as CoreMessage;
    if (message.type !== 'event' || message.name !== 'prompts.changed') return;
    for (const { id, question } of (message.payload as Delta<Prompt>).changed) {
      asked.push(question);
      const answered = answer(question);
      if (answered) void prompts.handlers['prompts.answer']({ id, answer: answered }, signal);
    }
  });
  return {
    connectParts: {
      vault,
      prompts,
      redactor,
      vaultDoor: createVaultDoor(vault, prompts),
      knownHosts: openKnownHosts(directory.path, [join(homeDirectory, '.ssh/known_hosts')]),
      crypto: runningCrypto(),
      log: silentLog,
      homeDirectory,
      agentSocket: undefined,
    },
    vault,
    redactor,
    homeDirectory,
    asked,
    remove: () => directory.remove(),
  };
}

const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A request to log in with a password the vault does not have. */
export function requestFor(
  address: Pick<SshAccess, 'port' | 'user'> & Partial<SshAccess>,
  request: Partial<Omit<AuthRequest, 'access'>> = {},
): AuthRequest {
  const host = address.host ?? '127.0.0.1';
  return {
    access: {
      host,
      hostKeyName: `[${host}]:${address.port}`,
      publishedHostKeys: [],
      login: { kind: 'password', passwordId: 'test/password' },
      ...address,
    },
    owner: { kind: 'terminal', instance: 'test/box', name: 'box', address: '' },
    interactive: true,
    signal: new AbortController().signal,
    ...request,
  };
}
