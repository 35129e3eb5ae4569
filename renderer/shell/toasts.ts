/** Short messages that come and go by themselves: something was done, or failed out of sight. */
import { create } from 'zustand';
import type { Failed } from '../ui/failure-note.tsx';

export type ToastContent =
  | {
      readonly kind: 'done';
      readonly text: string;
      /** Until it is dismissed: news of something that was waited for. */
      readonly stays?: boolean;
    }
  | { readonly kind: 'failed'; readonly title: string; readonly failure: Failed };

export interface Toast {
  readonly id: number;
  readonly content: ToastContent;
}

export interface Toasts {
  readonly toasts: readonly Toast[];
  say(content: ToastContent): void;
  dismiss(id: number): void;
}

const shownMs = 5000;
const mostShown = 4;

export function createToasts() {
  let lastId = 0;
  return create<Toasts>()((set, get) => ({
    toasts: [],
    say(content) {
      lastId += 1;
      const id = lastId;
      set(({ toasts }) => ({ toasts: [...toasts, { id, content }].slice(-mostShown) }));
      // A failure stays until it is read.
      if (content.kind === 'done' && !content.stays) setTimeout(() => get().dismiss(id), shownMs);
    },
    dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  }));
}
