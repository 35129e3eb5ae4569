/** A promise that need not be waited for any longer than its signal allows. */
import { CloudError } from '../../../preload/contract/errors.ts';

/** @throws CloudError cancelled when the signal aborts first */
export function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new CloudError('cancelled', 'cancelled'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
