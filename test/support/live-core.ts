/** The whole real core with a page joined to it in memory, in directories of a test's own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Core, createCore } from '../../main/core/create-core.ts';
import { serve } from '../../main/hosts/serve.ts';
import { createNodePlatform } from '../../main/platform/node/platform.ts';
import type { Platform } from '../../main/platform/platform.ts';
import type { ActionOutcome } from '../../preload/contract/actions.ts';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { EventName, PayloadOf } from '../../preload/contract/index.ts';
import type { Prompt, PromptAnswer } from '../../preload/contract/prompts.ts';
import type { Frame } from '../../preload/contract/wire.ts';
import type { Client } from '../../renderer/client/client.ts';
import { createPipe } from './contract/wirings.ts';
import { clientOn } from './join-web-host.ts';
import type { Sshd } from './sshd.ts';
import { createTempDir } from './temp-dir.ts';

export interface LiveCore {
  readonly core: Core;
  readonly client: Client;
  readonly dataDirectory: string;
  readonly homeDirectory: string;
  /** Every prompt seen so far. */
  readonly prompts: readonly Prompt[];
  /** What the machine does: sleep, another network. */
  resume(): void;
  changeNetwork(): void;
  /** Adds a server through the action a page would run; returns its instance key. */
  addServer(server: Readonly<Record<string, unknown>>): Promise<string>;
  /** Adds one that is entered with the key its sshd takes, kept in memory; returns its instance key. */
  addSshd(sshd: Sshd, server?: { readonly name?: string; readonly port?: number }): Promise<string>;
  close(): Promise<void>;
}

export interface LiveCoreOptions {
  /** How the person answers; absent: nobody is there. */
  readonly answer?: (prompt: Prompt) => PromptAnswer | undefined;
  readonly platform?: Partial<Platform>;
  /** Told of every frame on its way to the page. */
  readonly onFrame?: (frame: Frame) => void;
  /** Used again after a restart; absent: a new one, removed at close. */
  readonly dataDirectory?: string;
}

/** A person who trusts what they see, and answers nothing else. */
export const trustHostKeys = ({ question }: Prompt): PromptAnswer | undefined =>
  question.kind === 'host-key' ? { kind: 'trust' } : undefined;

/** A question may be taken back while it is being answered: whoever asked went away. */
const unlessGone = (error: CloudError) => {
  if (error.code !== 'not-found') throw error;
};

/** Tests that want the sandbox cloud connect to one of their own. */
function withoutSandbox({ startProcess: _start, ...platform }: Platform): Platform {
  return platform;
}

export async function startLiveCore(options: LiveCoreOptions = {}): Promise<LiveCore> {
  const temporary = createTempDir('core');
  const dataDirectory = options.dataDirectory ?? join(temporary.path, 'data');
  const homeDirectory = join(temporary.path, 'home');
  mkdirSync(join(homeDirectory, '.ssh'), { recursive: true });
  const resumeHandlers: (() => void)[] = [];
  const networkHandlers: (() => void)[] = [];
  const platform: Platform = {
    ...withoutSandbox(createNodePlatform({ dataDirectory, version: '0.0.0-test' })),
    homeDirectory,
    environment: {},
    onResume: (handler) => resumeHandlers.push(handler),
    onNetworkChange: (handler) => networkHandlers.push(handler),
    ...options.platform,
  };
  const core = await createCore(platform);
  const [page, served] = createPipe();
  serve(core, {
    ...served,
    send(frame) {
      options.onFrame?.(frame);
      served.send(frame);
    },
  });
  const client = clientOn(page);
  const prompts: Prompt[] = [];
  client.on('prompts.changed', ({ changed }) => {
    for (const prompt of changed) {
      prompts.push(prompt);
      const answer = options.answer?.(prompt);
      if (answer) client.call('prompts.answer', { id: prompt.id, answer }).catch(unlessGone);
    }
  });
  const addServer = async (server: Readonly<Record<string, unknown>>) => {
    const full = {
      name: 'server',
      host: '127.0.0.1',
      tags: [],
      price: null,
      login: { kind: 'automatic' },
      ...server,
    };
    const outcome: ActionOutcome = await client.call('actions.run', {
      account: 'servers',
      action: 'add-servers',
      input: { servers: [full] },
    });
    if (outcome.kind !== 'done') throw new Error(`not added: ${outcome.kind}`);
    return outcome.created[0] as string;
  };
  return {
    core,
    client,
    dataDirectory,
    homeDirectory,
    prompts,
    resume: () => {
      for (const handler of resumeHandlers) handler();
    },
    changeNetwork: () => {
      for (const handler of networkHandlers) handler();
    },
    addServer,
    async addSshd(sshd, server = {}) {
      await client.call('vault.setUp', { mode: 'memory' });
      return addServer({
        name: 'box',
        port: sshd.port,
        user: sshd.user,
        login: { kind: 'stored-key' },
        privateKey: sshd.privateKey,
        ...server,
      });
    },
    async close() {
      await core.close();
      temporary.remove();
    },
  };
}

/** Resolves with the first payload of the event that passes. */
export function nextEvent<Name extends EventName>(
  client: Client,
  name: Name,
  passes: (payload: PayloadOf<Name>) => boolean,
): Promise<PayloadOf<Name>> {
  return new Promise((resolve) => {
    const stop = client.on(name, (payload) => {
      if (!passes(payload)) return;
      stop();
      resolve(payload);
    });
  });
}
