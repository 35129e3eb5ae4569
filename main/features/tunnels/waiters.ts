/** Those who wait for a tunnel's connection: a bounded time, all told at once. */
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { Lease } from '../ssh/lease.ts';

const patienceMs = 15_000;

export class Waiters {
  private readonly waiting = new Set<{
    resolve(lease: Lease): void;
    reject(error: CloudError): void;
  }>();

  /** @throws CloudError timeout `tunnel-down`, cancelled, or what `fail` was told */
  wait(signal: AbortSignal): Promise<Lease> {
    return new Promise((resolve, reject) => {
      const finish = (outcome: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        this.waiting.delete(waiter);
        outcome();
      };
      const waiter = {
        resolve: (lease: Lease) => finish(() => resolve(lease)),
        reject: (error: CloudError) => finish(() => reject(error)),
      };
      const cancel = () => waiter.reject(new CloudError('cancelled', 'cancelled'));
      const timer = setTimeout(() => waiter.reject(refusal('timeout', 'tunnel-down')), patienceMs);
      this.waiting.add(waiter);
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
    });
  }

  succeed(lease: Lease): void {
    for (const waiter of [...this.waiting]) waiter.resolve(lease);
  }

  fail(error: CloudError): void {
    for (const waiter of [...this.waiting]) waiter.reject(error);
  }
}
