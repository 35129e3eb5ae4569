/** The worker's end of the protocol: calls become messages, answers become promises. */
import type { MessagePort } from 'node:worker_threads';
import type { FromWorker, ShellHost, ShellMethod, ToWorker } from './shell-protocol.ts';

/** Every method of the host, as a promise. */
export type HostClient = {
  readonly [Method in ShellMethod]: (
    ...args: Parameters<ShellHost[Method]>
  ) => Promise<Awaited<ReturnType<ShellHost[Method]>>>;
};

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface HostConnection {
  readonly host: HostClient;
  /** @returns whether the message was an answer */
  take(message: ToWorker): boolean;
}

export function connectHost(port: Pick<MessagePort, 'postMessage'>): HostConnection {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const call = (method: ShellMethod, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      port.postMessage({ kind: 'call', id: lastId, method, args } satisfies FromWorker);
    });
  const host = new Proxy({} as HostClient, {
    get:
      (_, method) =>
      (...args: readonly unknown[]) =>
        call(String(method) as ShellMethod, args),
  });
  return {
    host,
    take(message) {
      if (message.kind !== 'answer' && message.kind !== 'refusal') return false;
      const found = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.kind === 'answer') found?.resolve(message.value);
      else found?.reject(new Error(message.message));
      return true;
    },
  };
}
