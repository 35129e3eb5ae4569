/** Joins one core and one channel: the only place where frames become calls and answers become frames. */
import { z } from 'zod';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { CloudError, type Failure } from '../../preload/contract/errors.ts';
import {
  type Channel,
  type CoreMessage,
  decodeStreamFrame,
  type Frame,
  maxPageFrameBytes,
  type PageMessage,
} from '../../preload/contract/wire.ts';
import type { Core } from '../core/create-core.ts';

/** More open calls than a page can sensibly have; beyond it they are refused. */
const maxOpenCalls = 512;

const id = z.int().min(1).max(0xffff_ffff);
const pageMessage: z.ZodType<PageMessage> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id, name: z.string(), args: z.unknown() }),
  z.strictObject({ type: z.literal('cancel'), id }),
  z.strictObject({ type: z.literal('end'), id }),
]);

interface OpenCall {
  readonly abort: AbortController;
  answered: boolean;
  stream?: ByteStream;
}

/** Serves until the channel closes; then every open call is cancelled and every stream closed. */
export function serve(core: Pick<Core, 'router' | 'events' | 'log'>, channel: Channel): void {
  const open = new Map<number, OpenCall>();
  const say = (message: CoreMessage) => channel.send(JSON.stringify(message));
  const unsubscribe = core.events.subscribe((text) => channel.send(text));

  channel.onClose(() => {
    unsubscribe();
    for (const call of open.values()) {
      call.abort.abort();
      call.stream?.close();
    }
    open.clear();
  });

  channel.onFrame((frame) => {
    try {
      take(frame);
    } catch (error) {
      // A frame that is not of the protocol is answered, dropped, and hurts nobody else.
      say({ type: 'failure', id: 0, failure: toFailure(error) });
    }
  });

  function take(frame: Frame): void {
    if (frame.length > maxPageFrameBytes) {
      channel.close('frame too large');
      return;
    }
    if (typeof frame === 'string') takeMessage(pageMessage.parse(JSON.parse(frame)));
    else takeStreamFrame(frame);
  }

  function takeMessage(message: PageMessage): void {
    const call = open.get(message.id);
    switch (message.type) {
      case 'call':
        if (call) throw new CloudError('conflict', `call ${message.id} is open`);
        void answer(message.id, message.name, message.args);
        break;
      case 'cancel':
        call?.abort.abort();
        break;
      case 'end':
        call?.stream?.close();
        if (call?.answered) open.delete(message.id);
        break;
    }
  }

  function takeStreamFrame(encoded: Uint8Array): void {
    const frame = decodeStreamFrame(encoded);
    const stream = open.get(frame.id)?.stream;
    try {
      stream?.receive(frame.credit, frame.bytes);
    } catch (error) {
      stream?.end(toFailure(error));
    }
  }

  async function answer(callId: number, name: string, args: unknown): Promise<void> {
    if (open.size >= maxOpenCalls) {
      const failure = new CloudError('rate-limited', `${maxOpenCalls} calls are open`);
      say({ type: 'failure', id: callId, failure: failure.toFailure() });
      return;
    }
    const call: OpenCall = { abort: new AbortController(), answered: false };
    open.set(callId, call);
    const finish = (message: CoreMessage) => {
      if (call.answered || open.get(callId) !== call) return;
      call.answered = true;
      if (!call.stream || message.type === 'failure') open.delete(callId);
      say(message);
    };
    call.abort.signal.addEventListener('abort', () => {
      call.stream?.close();
      const failure = new CloudError('cancelled', 'cancelled').toFailure();
      if (call.answered) open.delete(callId);
      else finish({ type: 'failure', id: callId, failure });
    });
    const openStream = () => {
      call.stream = new ByteStream(
        callId,
        (frame) => channel.send(frame),
        (failure) => {
          say({ type: 'end', id: callId, ...(failure && { failure }) });
          if (call.answered) open.delete(callId);
        },
      );
      return call.stream;
    };
    try {
      const value = await core.router.ask(name, args, call.abort.signal, openStream);
      finish({ type: 'reply', id: callId, value });
    } catch (error) {
      finish({ type: 'failure', id: callId, failure: toFailure(error) });
      call.stream?.close();
    }
  }
}

function toFailure(error: unknown): Failure {
  if (error instanceof CloudError) return error.toFailure();
  return new CloudError('invalid', 'not a frame of this protocol').toFailure();
}
