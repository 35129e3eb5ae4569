/** A browser is not kept before an empty tab for as long as others wait: it is told early, for its page comes back by itself. */
import type { Socket } from 'node:net';
import { refusal } from '../../../preload/contract/errors.ts';
import { pause } from '../../core/pause.ts';
import { peek } from './peek.ts';
import { parseRequestHead } from './request-head.ts';

/** A connection that was only cut is back by then, and nobody sees a page flash by. */
const patienceMs = 3000;

/**
 * @param gone aborts when the client is gone
 * @param wait what all clients wait for
 * @throws CloudError timeout `tunnel-down` when it took too long for a browser; whatever `wait` threw
 */
export async function waitAsBrowser<Value>(
  socket: Socket,
  gone: AbortSignal,
  wait: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  const enough = new AbortController();
  const undecided = AbortSignal.any([gone, over.signal]);
  const watch = async () => {
    await pause(patienceMs, undecided);
    const first = await peek(socket, undecided);
    const head = first && parseRequestHead(first.toString('latin1'));
    if (head?.method === 'GET' && head.wantsPage) enough.abort();
  };
  void watch();
  try {
    return await wait(AbortSignal.any([gone, enough.signal]));
  } catch (error) {
    throw enough.signal.aborted && !gone.aborted ? refusal('timeout', 'tunnel-down') : error;
  } finally {
    over.abort();
  }
}
