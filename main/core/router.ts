/** From a name and hostile arguments to the one handler of that name: arguments are validated here and nowhere else. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ByteStream } from '../../preload/contract/byte-stream.ts';
import type { Call, Stream } from '../../preload/contract/define.ts';
import { CloudError } from '../../preload/contract/errors.ts';
import {
  type AskName,
  type CallName,
  contract,
  type ParsedArgsOf,
  type ResultOf,
  type StreamName,
} from '../../preload/contract/index.ts';
import type { Log } from './log.ts';

export type CallHandler<Name extends CallName> = (
  args: ParsedArgsOf<Name>,
  signal: AbortSignal,
) => ResultOf<Name> | Promise<ResultOf<Name>>;

export type StreamHandler<Name extends StreamName> = (
  args: ParsedArgsOf<Name>,
  stream: ByteStream,
  signal: AbortSignal,
) => ResultOf<Name> | Promise<ResultOf<Name>>;

/** Exactly one handler for each name of the contract. */
export type Handlers = { [Name in CallName]: CallHandler<Name> } & {
  [Name in StreamName]: StreamHandler<Name>;
};

export interface Router {
  /**
   * @param stream opens the call's byte stream; used for stream names only
   * @throws CloudError and nothing else: a bug becomes `internal` with a request id, and is logged
   */
  ask(name: string, args: unknown, signal: AbortSignal, stream: () => ByteStream): Promise<unknown>;
}

type AnyHandler = (args: unknown, ...rest: unknown[]) => unknown;

export function createRouter(handlers: Handlers, log: Log): Router {
  const entries = new Map<string, { entry: Call | Stream; handler: AnyHandler }>();
  for (const [subject, names] of Object.entries(contract)) {
    for (const [name, entry] of Object.entries(names)) {
      if (entry.kind === 'event') continue;
      const full = `${subject}.${name}` as AskName;
      entries.set(full, { entry, handler: handlers[full] as AnyHandler });
    }
  }

  return {
    async ask(name, args, signal, stream) {
      const found = entries.get(name);
      if (!found) throw new CloudError('invalid', `no call is named ${name.slice(0, 100)}`);
      const parsed = found.entry.args.safeParse(args);
      if (!parsed.success) {
        throw new CloudError('invalid', `${name}: ${z.prettifyError(parsed.error)}`.slice(0, 1000));
      }
      try {
        return found.entry.kind === 'stream'
          ? await found.handler(parsed.data, stream(), signal)
          : await found.handler(parsed.data, signal);
      } catch (error) {
        if (error instanceof CloudError) throw error;
        if (signal.aborted) throw new CloudError('cancelled', 'cancelled');
        const requestId = randomUUID();
        log.error('a handler failed', { call: name, requestId, error });
        throw new CloudError('internal', `internal error, request ${requestId}`, {
          details: { requestId },
          cause: error,
        });
      }
    },
  };
}
