/** Waiting for work that cannot be called off. */
import { CloudError } from '../../../preload/contract/errors.ts';

/** The caller leaves when told to; what it waited for goes on alone. */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new CloudError('cancelled', 'cancelled'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
