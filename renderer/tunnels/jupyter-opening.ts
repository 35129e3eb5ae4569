/** Opening an instance's Jupyter page, from the click to the page: one at a time, cancellable. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { CloudError } from '../../preload/contract/errors.ts';
import type { FoundJupyter } from '../../preload/contract/tunnels.ts';
import type { Client } from '../client/client.ts';
import { openPage } from '../ui/open-page.ts';
import { type BlankPage, openBlankPage } from './blank-page.ts';

export type JupyterStage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking'; readonly instance: string }
  | { readonly kind: 'not-found'; readonly instance: string }
  /** Several servers run there: one is to be chosen. */
  | {
      readonly kind: 'choosing';
      readonly instance: string;
      readonly servers: readonly FoundJupyter[];
    }
  | { readonly kind: 'failed'; readonly instance: string; readonly failure: CloudError }
  /** The browser let no page open: the operator presses once more. */
  | { readonly kind: 'blocked'; readonly instance: string; readonly url: string };

/** They stand on the empty page until Jupyter's is there. */
export interface PageWords {
  readonly title: string;
  readonly text: string;
}

export interface JupyterOpening {
  readonly stage: JupyterStage;
  /**
   * Call it from a click: the browser lets a page open only then.
   * @param remotePort the server's own port, where it is known which one is meant
   */
  open(instance: string, words: PageWords, remotePort?: number): void;
  openBlocked(): void;
  /** Gives up, or puts the last outcome away. */
  close(): void;
}

export function createJupyterOpening(client: Client): UseBoundStore<StoreApi<JupyterOpening>> {
  let current:
    | { readonly abort: AbortController; readonly page: BlankPage | undefined }
    | undefined;

  return create<JupyterOpening>()((set, get) => ({
    stage: { kind: 'idle' },
    open(instance, words, remotePort) {
      get().close();
      const abort = new AbortController();
      const page = window.pilothouse
        ? undefined
        : openBlankPage(words, () => {
            if (current?.abort === abort) get().close();
          });
      current = { abort, page };
      set({ stage: { kind: 'looking', instance } });
      const finish = (stage: JupyterStage) => {
        if (current?.abort !== abort) return;
        current = undefined;
        set({ stage });
      };
      const fail = (failure: unknown) => {
        page?.close();
        if (!(failure instanceof CloudError)) throw failure;
        finish({ kind: 'failed', instance, failure });
      };
      client
        .call(
          'tunnels.openJupyter',
          { instance, ...(remotePort !== undefined && { remotePort }) },
          abort.signal,
        )
        .then(async (outcome) => {
          if (current?.abort !== abort) return;
          if (outcome.kind === 'not-found') {
            page?.close();
            finish({ kind: 'not-found', instance });
          } else if (outcome.kind === 'choose') {
            // The choice is a click of its own, and opens a page of its own.
            page?.close();
            finish({ kind: 'choosing', instance, servers: outcome.servers });
          } else if (window.pilothouse) {
            await openPage(client, outcome.url);
            finish({ kind: 'idle' });
          } else if (page) {
            page.go(outcome.url);
            finish({ kind: 'idle' });
          } else finish({ kind: 'blocked', instance, url: outcome.url });
        })
        .catch(fail);
    },
    openBlocked() {
      const { stage } = get();
      if (stage.kind !== 'blocked') return;
      void openPage(client, stage.url);
      set({ stage: { kind: 'idle' } });
    },
    close() {
      const left = current;
      current = undefined;
      left?.abort.abort();
      left?.page?.close();
      set({ stage: { kind: 'idle' } });
    },
  }));
}
