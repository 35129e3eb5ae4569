/** Events on their way to every connected page, worded as JSON once however many pages listen. */
import type { EventName, PayloadOf } from '../../preload/contract/index.ts';
import type { CoreMessage } from '../../preload/contract/wire.ts';

export interface Events {
  emit<Name extends EventName>(name: Name, payload: PayloadOf<Name>): void;
  /** @returns how to stop listening */
  subscribe(listener: (message: string) => void): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<(message: string) => void>();
  return {
    emit(name, payload) {
      if (listeners.size === 0) return;
      const message: CoreMessage = { type: 'event', name, payload };
      const text = JSON.stringify(message);
      for (const listener of listeners) listener(text);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
