/** The one broker of questions: each has an id and an owner, and an answer reaches the asker of that id only. */
import { randomUUID } from 'node:crypto';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type {
  Prompt,
  PromptAnswer,
  PromptOwner,
  PromptQuestion,
} from '../../../preload/contract/prompts.ts';
import { type Clock, isoNow } from '../../core/clock.ts';
import { createCollection } from '../../core/collection.ts';
import type { Events } from '../../core/events.ts';
import type { Redactor } from '../../core/log.ts';
import type { Handlers } from '../../core/router.ts';
import type { Vault } from '../../core/vault.ts';

/** A question nobody answers is taken back: servers end a login by then themselves. */
const patienceMs = 10 * 60_000;

export interface Prompts {
  /** @throws CloudError cancelled when the signal aborts, unauthenticated `ssh-needs-answer` when nobody answers */
  ask(owner: PromptOwner, question: PromptQuestion, signal: AbortSignal): Promise<PromptAnswer>;
  readonly handlers: Pick<Handlers, 'prompts.list' | 'prompts.answer'>;
}

/** @param redactor what is typed may be echoed by a server, and must not stand in a log then */
export function createPrompts(
  events: Events,
  clock: Clock,
  vault: Vault,
  redactor: Redactor,
): Prompts {
  const waiting = new Map<string, (answer: PromptAnswer) => void>();
  const prompts = createCollection<Prompt>(
    ({ id }) => id,
    (delta) => events.emit('prompts.changed', delta),
  );

  return {
    ask(owner, question, signal) {
      return new Promise((resolve, reject) => {
        const id = randomUUID();
        const finish = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', cancel);
          waiting.delete(id);
          prompts.remove(id);
        };
        const cancel = () => {
          finish();
          reject(new CloudError('cancelled', 'the question was taken back'));
        };
        const timer = setTimeout(() => {
          finish();
          reject(refusal('unauthenticated', 'ssh-needs-answer'));
        }, patienceMs);
        if (signal.aborted) {
          cancel();
          return;
        }
        signal.addEventListener('abort', cancel);
        waiting.set(id, (answer) => {
          finish();
          resolve(answer);
        });
        prompts.set({ id, owner, question, askedAt: isoNow(clock) });
      });
    },

    handlers: {
      'prompts.list': () => prompts.snapshot(),
      'prompts.answer': ({ id, answer }) => {
        const question = prompts.get(id)?.question;
        const settle = waiting.get(id);
        if (!question || !settle) throw new CloudError('not-found', 'the question is gone');
        if (!fits(question, answer)) throw new CloudError('invalid', 'not an answer to this');
        if (answer.kind === 'secret' && answer.remember && !vault.isSetUp()) {
          return { kind: 'needs-vault' };
        }
        for (const secret of secretsIn(question, answer)) redactor.learn(secret);
        settle(answer);
        return { kind: 'taken' };
      },
    },
  };
}

/** What is typed without being shown. */
function secretsIn(question: PromptQuestion, answer: PromptAnswer): readonly string[] {
  if (answer.kind === 'secret') return [answer.secret];
  if (answer.kind !== 'fields' || question.kind !== 'keyboard-interactive') return [];
  return answer.values.filter((_value, index) => question.fields[index]?.echo === false);
}

function fits(question: PromptQuestion, answer: PromptAnswer): boolean {
  if (answer.kind === 'cancel') return true;
  switch (question.kind) {
    case 'host-key':
      return answer.kind === 'trust';
    case 'proxy-command':
    case 'expose-port':
      return answer.kind === 'allow';
    case 'keyboard-interactive':
      return answer.kind === 'fields' && answer.values.length === question.fields.length;
    case 'password':
    case 'passphrase':
      return answer.kind === 'secret';
    case 'unlock-vault':
      return answer.kind === 'secret' && !answer.remember;
  }
}
