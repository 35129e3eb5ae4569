/** Programs that want to write the clipboard: asked about once, or as the operator said for their instance. */
import type { Client } from '../client/client.ts';
import type { ClipboardRequest } from './clipboard-request.ts';
import type { DockStore } from './dock-store.ts';
import type { PaneRemark } from './pane-status.ts';

export type ClipboardAnswer = 'once' | 'always' | 'never' | 'not-now';

/** The terminal a program asks in. */
export interface Asker {
  readonly id: string;
  readonly instance: string;
  remark(remark: PaneRemark): void;
  /** The clipboard was written. */
  wrote(text: string): void;
}

export interface ClipboardConsent {
  asked(request: ClipboardRequest, asker: Asker): void;
  answer(answer: ClipboardAnswer): void;
}

/** So long after a no a program is not asked about again: it may go on asking. */
const quietMs = 60_000;

export function createClipboardConsent(client: Client, dock: DockStore): ClipboardConsent {
  /** The newest wish of each terminal while an older one is judged. */
  const newest = new Map<string, string>();
  const quietUntil = new Map<string, number>();
  let asking: Asker | undefined;

  const write = (text: string, asker: Asker) =>
    navigator.clipboard.writeText(text).then(
      () => asker.wrote(text),
      () => asker.remark('clipboard-write-failed'),
    );

  const ask = (text: string, asker: Asker) => {
    if (asking || document.hidden || performance.now() < (quietUntil.get(asker.id) ?? 0)) {
      asker.remark('clipboard-write-refused');
      return;
    }
    asking = asker;
    dock.setState({ clipboardQuestion: { session: asker.id, text } });
  };

  const judge = async (asker: Asker) => {
    const { instance } = asker;
    const { options } = await client.call('ssh.options', { instance });
    const text = newest.get(asker.id) ?? '';
    newest.delete(asker.id);
    if (options.clipboardWrite === 'allow') await write(text, asker);
    else if (options.clipboardWrite === 'ask') ask(text, asker);
    else asker.remark('clipboard-write-refused');
  };

  const remember = async ({ instance }: Asker, clipboardWrite: 'allow' | 'never') => {
    const { options } = await client.call('ssh.options', { instance });
    await client.call('ssh.setOptions', { instance, options: { ...options, clipboardWrite } });
  };

  return {
    asked(request, asker) {
      if (request.kind === 'ignored') return;
      if (request.kind === 'too-large') {
        asker.remark('clipboard-write-too-large');
        return;
      }
      const judging = newest.has(asker.id);
      newest.set(asker.id, request.text);
      if (judging) return;
      judge(asker).catch(() => {
        newest.delete(asker.id);
        asker.remark('clipboard-write-failed');
      });
    },
    answer(answer) {
      const asker = asking;
      const question = dock.getState().clipboardQuestion;
      asking = undefined;
      dock.setState({ clipboardQuestion: undefined, wanted: question?.session });
      if (!asker || !question) return;
      const failed = () => asker.remark('clipboard-write-failed');
      if (answer === 'once') void write(question.text, asker);
      // Written once it is remembered: by the time one reads that it was, the next wish is not asked about.
      else if (answer === 'always') {
        void remember(asker, 'allow').then(() => write(question.text, asker), failed);
      } else {
        // A never too: the next wish may come before it is remembered.
        quietUntil.set(asker.id, performance.now() + quietMs);
        if (answer === 'never') remember(asker, 'never').catch(failed);
      }
    },
  };
}
