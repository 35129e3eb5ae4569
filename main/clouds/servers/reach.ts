/** Whether something that speaks SSH answers at an address: the first line of the protocol, nothing more. */
import { connect } from 'node:net';
import type { TextRef } from '../../../preload/contract/errors.ts';
import { plainWords } from '../../core/plain-words.ts';

export type Reach =
  | { readonly kind: 'reachable'; readonly software: string }
  | { readonly kind: 'unreachable'; readonly reason: TextRef };

const patienceMs = 5000;
/** RFC 4253 lets a server say lines before its version; more than this is not SSH. */
const maxGreetingBytes = 16 * 1024;

/** Never throws; `reason` is worded under `rules`. */
export function reach(
  host: string,
  port: number,
  signal: AbortSignal,
  timeoutMs = patienceMs,
): Promise<Reach> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, autoSelectFamily: true });
    let greeting = '';
    const finish = (result: Reach) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      socket.destroy();
      resolve(result);
    };
    const no = (id: string, params?: TextRef['params']) =>
      finish({ kind: 'unreachable', reason: params ? { id, params } : { id } });
    const cancel = () => no('reach-cancelled');
    const timer = setTimeout(() => no('reach-timeout', { seconds: timeoutMs / 1000 }), timeoutMs);
    signal.addEventListener('abort', cancel);

    socket.on('error', (error: NodeJS.ErrnoException) =>
      no(reasonOf(error.code), { host, port, code: error.code ?? error.message }),
    );
    socket.on('close', () => no('reach-closed'));
    socket.on('data', (bytes) => {
      greeting += bytes.toString('latin1');
      const version = /^SSH-[\d.]+-([^\s]*)/m.exec(greeting);
      if (version) finish({ kind: 'reachable', software: plainWords(version[1] ?? '', 100) });
      else if (greeting.length > maxGreetingBytes || /^HTTP\//.test(greeting)) no('reach-not-ssh');
    });
  });
}

function reasonOf(code: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'reach-refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'reach-name-unknown';
    case 'ETIMEDOUT':
      return 'reach-timed-out';
    case 'ECONNRESET':
      return 'reach-closed';
    default:
      return 'reach-failed';
  }
}
