/** The page's end of the contract: typed calls, cancellable; byte streams; events. */
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError, type Failure } from '../../preload/contract/errors.ts';
import type {
  ArgsOf,
  AskName,
  CallName,
  EventName,
  PayloadOf,
  ResultOf,
  StreamName,
} from '../../preload/contract/index.ts';
import { type Channel, type CoreMessage, decodeStreamFrame } from '../../preload/contract/wire.ts';

export interface Client {
  /** @throws CloudError and nothing else; `cancelled` once the signal aborts */
  call<Name extends CallName>(
    name: Name,
    args: ArgsOf<Name>,
    signal?: AbortSignal,
  ): Promise<ResultOf<Name>>;
  /** Opens a two-way byte stream; `opened` fails like a call does. */
  stream<Name extends StreamName>(
    name: Name,
    args: ArgsOf<Name>,
  ): { readonly stream: ByteStream; readonly opened: Promise<ResultOf<Name>> };
  /** @returns how to stop listening */
  on<Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void): () => void;
  /** Calls the listener now if connected, and after every later reconnection. @returns how to stop */
  onConnected(listener: () => void): () => void;
  /** Whether a channel is there; changes are told. */
  readonly connection: Connection;
}

export interface Connection {
  /** `refused`: the session is over, a new link is needed. */
  readonly state: 'connecting' | 'connected' | 'lost' | 'refused';
  subscribe(listener: () => void): () => void;
}

/** Hands over one channel after another: the next one when the last one closed. */
export type Connector = (handlers: {
  connected(channel: Channel): void;
  lost(): void;
  refused(): void;
}) => void;

interface OpenCall {
  resolve(value: unknown): void;
  reject(error: CloudError): void;
  stream?: ByteStream;
  settled: boolean;
}

export function createClient(connect: Connector): Client {
  let channel: Channel | undefined;
  let lastId = 0;
  const open = new Map<number, OpenCall>();
  const waiting: (() => void)[] = [];
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const connectedListeners = new Set<() => void>();
  const stateListeners = new Set<() => void>();
  let state: Connection['state'] = 'connecting';

  const setState = (next: Connection['state']) => {
    state = next;
    for (const listener of stateListeners) listener();
  };

  connect({
    connected(next) {
      channel = next;
      next.onFrame((frame) =>
        typeof frame === 'string' ? takeMessage(JSON.parse(frame)) : takeStreamFrame(frame),
      );
      setState('connected');
      for (const send of waiting.splice(0)) send();
      for (const listener of connectedListeners) listener();
    },
    lost() {
      channel = undefined;
      failAll('network', 'the connection to the application was lost');
      setState('lost');
    },
    refused() {
      channel = undefined;
      failAll('unauthenticated', 'this page is no longer signed in');
      for (const send of waiting.splice(0)) send();
      setState('refused');
    },
  });

  function failAll(code: 'network' | 'unauthenticated', message: string): void {
    const calls = [...open.values()];
    open.clear();
    for (const call of calls) {
      call.reject(new CloudError(code, message));
      call.stream?.close({ code, message, retryable: code === 'network' });
    }
  }

  function takeMessage(message: CoreMessage): void {
    if (message.type === 'event') {
      for (const listener of listeners.get(message.name) ?? []) {
        listener(message.payload as never);
      }
      return;
    }
    const call = open.get(message.id);
    if (!call) return;
    switch (message.type) {
      case 'reply':
        call.settled = true;
        if (!call.stream) open.delete(message.id);
        call.resolve(message.value);
        break;
      case 'failure':
        open.delete(message.id);
        call.reject(CloudError.from(message.failure));
        call.stream?.close(message.failure);
        break;
      case 'end':
        open.delete(message.id);
        call.stream?.close(message.failure);
        break;
    }
  }

  function takeStreamFrame(encoded: Uint8Array): void {
    const frame = decodeStreamFrame(encoded);
    open.get(frame.id)?.stream?.receive(frame.credit, frame.bytes);
  }

  function ask(
    name: AskName,
    args: unknown,
    makeStream: boolean,
    signal?: AbortSignal,
  ): { id: number; answer: Promise<unknown>; stream?: ByteStream } {
    lastId += 1;
    const id = lastId;
    const call: OpenCall = { resolve() {}, reject() {}, settled: false };
    const answer = new Promise<unknown>((resolve, reject) => {
      call.resolve = resolve;
      call.reject = reject;
    });
    if (makeStream) {
      call.stream = new ByteStream(
        id,
        (frame) => channel?.send(frame),
        (_failure?: Failure) => {
          open.delete(id);
          channel?.send(JSON.stringify({ type: 'end', id }));
        },
      );
    }
    const send = () => {
      if (signal?.aborted || state === 'refused') {
        call.reject(new CloudError(state === 'refused' ? 'unauthenticated' : 'cancelled', name));
        return;
      }
      open.set(id, call);
      channel?.send(JSON.stringify({ type: 'call', id, name, args }));
    };
    signal?.addEventListener('abort', () => {
      if (call.settled || !open.delete(id)) return;
      channel?.send(JSON.stringify({ type: 'cancel', id }));
      call.reject(new CloudError('cancelled', 'cancelled'));
    });
    // Asked before the channel is there: sent as soon as it is.
    if (channel) send();
    else waiting.push(send);
    return call.stream ? { id, answer, stream: call.stream } : { id, answer };
  }

  return {
    call: (name, args, signal) => ask(name, args, false, signal).answer as Promise<never>,
    stream(name, args) {
      const { answer, stream } = ask(name, args, true);
      return { stream: stream as ByteStream, opened: answer as Promise<never> };
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
    onConnected(listener) {
      connectedListeners.add(listener);
      if (channel) listener();
      return () => connectedListeners.delete(listener);
    },
    connection: {
      get state() {
        return state;
      },
      subscribe(listener) {
        stateListeners.add(listener);
        return () => stateListeners.delete(listener);
      },
    },
  };
}
