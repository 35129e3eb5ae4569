/** A core and a person at it: servers are written down, logged in to through a terminal, and left again. */
import type { PromptAnswer, PromptQuestion } from '../../preload/contract/prompts.ts';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { type LiveCore, nextEvent, startLiveCore } from './live-core.ts';

export interface LoginDesk {
  readonly live: LiveCore;
  /** Questions since the last `clear` that are not about a host key; those are always trusted. */
  asked: PromptQuestion[];
  /** How the person answers; nothing: the question stays open. */
  reply: (question: PromptQuestion) => PromptAnswer | undefined;
  /** Nothing was asked yet, and the person cancels whatever comes. */
  clear(): void;
  /** One terminal on a server written down for this; tells `open`, or the rule or code of the failure. */
  logIn(server: Readonly<Record<string, unknown>>): Promise<string>;
  /** Tells what became of one terminal, as `logIn` does; the server and the terminal stay. */
  openTerminal(instance: string): Promise<string>;
  /** Closes every terminal and strikes the server off. */
  leave(instance: string): Promise<void>;
  savedSecrets(): Promise<number>;
}

export const secretAnswer = (secret: string, remember = false): PromptAnswer => ({
  kind: 'secret',
  secret,
  remember,
});

/** @param environment of the core, such as where an agent listens */
export async function startLoginDesk(
  environment: Readonly<Record<string, string>> = {},
): Promise<LoginDesk> {
  const live = await startLiveCore({
    platform: { environment },
    answer: ({ question }) => {
      if (question.kind === 'host-key') return { kind: 'trust' };
      desk.asked.push(question);
      return desk.reply(question);
    },
  });
  const { client } = live;
  await client.call('vault.setUp', { mode: 'memory' });
  const desk: LoginDesk = {
    live,
    asked: [],
    reply: () => ({ kind: 'cancel' }),
    clear() {
      desk.asked = [];
      desk.reply = () => ({ kind: 'cancel' });
    },
    async logIn(server) {
      const instance = await live.addServer(server);
      const outcome = await desk.openTerminal(instance);
      await desk.leave(instance);
      return outcome;
    },
    async openTerminal(instance) {
      const isSettled = (terminal: Terminal) =>
        terminal.instance === instance && terminal.state !== 'connecting';
      const settled = nextEvent(client, 'terminals.changed', ({ changed }) =>
        changed.some(isSettled),
      );
      await client.call('terminals.open', { instance, columns: 80, rows: 24 });
      const terminal = (await settled).changed.find(isSettled);
      const { rule, code } = terminal?.failure ?? {};
      return rule?.id ?? code ?? terminal?.state ?? 'nothing';
    },
    async leave(instance) {
      for (const { id } of (await client.call('terminals.list', {})).items) {
        await client.call('terminals.close', { id });
      }
      const remove = { account: 'servers', action: 'remove-server', input: {} };
      await client.call('actions.run', { ...remove, instance });
    },
    savedSecrets: async () => (await client.call('vault.status', {})).savedSecrets,
  };
  return desk;
}
