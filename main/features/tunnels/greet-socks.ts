/** One client of a SOCKS port: heard until it has said where it wants to go, or told why it goes nowhere. */
import type { Socket } from 'node:net';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { Texts } from '../../core/texts.ts';
import { answerAtProxy } from './failure-page.ts';
import { sayLast } from './say-last.ts';
import {
  acceptWithoutLogin,
  noAcceptableMethod,
  readGreeting,
  readRequest,
  socks4Refusal,
  socksReply,
} from './socks.ts';

export interface Destination {
  readonly host: string;
  readonly port: number;
  /** What the client sent ahead of the answer. */
  readonly ahead: Buffer;
}

const patienceMs = 10_000;

/** @returns undefined when the client got its answer already, or left. The socket is paused then or after. */
export function greetSocks(
  socket: Socket,
  texts: () => Texts,
  note: (failure: CloudError) => void,
): Promise<Destination | undefined> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    let greeted = false;
    const finish = (destination?: Destination) => {
      clearTimeout(timer);
      socket.removeListener('data', hear);
      socket.removeListener('end', leave);
      socket.removeListener('close', leave);
      socket.pause();
      resolve(destination);
    };
    const dismiss = (answer: Buffer) => {
      finish();
      sayLast(socket, answer);
    };
    const leave = () => {
      finish();
      socket.destroy();
    };
    const timer = setTimeout(leave, patienceMs);

    const hearGreeting = (): boolean => {
      const greeting = readGreeting(bytes);
      switch (greeting.kind) {
        case 'more':
          return false;
        case 'socks5':
          if (!greeting.withoutLogin) {
            dismiss(noAcceptableMethod);
            return false;
          }
          socket.write(acceptWithoutLogin);
          bytes = bytes.subarray(greeting.length);
          greeted = true;
          return true;
        case 'socks4':
          // Its protocol has no words; the operator gets them instead.
          note(refusal('unsupported', 'tunnel-speaks-socks5'));
          dismiss(socks4Refusal);
          return false;
        case 'http':
          finish();
          answerAtProxy(socket, refusal('invalid', 'tunnel-speaks-socks'), texts());
          return false;
        case 'other':
          finish();
          socket.resetAndDestroy();
          return false;
      }
    };
    const hear = (chunk: Buffer) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      if (!greeted && !hearGreeting()) return;
      const request = readRequest(bytes);
      if (request.kind === 'refused') dismiss(socksReply(request.reply));
      if (request.kind !== 'connect') return;
      const { host, port, length } = request;
      finish({ host, port, ahead: bytes.subarray(length) });
    };
    socket.on('data', hear);
    socket.on('end', leave);
    socket.on('close', leave);
    socket.resume();
  });
}
