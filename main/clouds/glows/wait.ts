/** Waiting for an instance to get somewhere, telling on the way what the cloud tells. */
import { CloudError } from '../../../preload/contract/errors.ts';
import type { StepContext } from '../../core/job-plan.ts';
import { pause } from '../../core/pause.ts';
import type { ReadyClient } from './client.ts';

const everyMs = 1000;

/**
 * Reads the instance again and again.
 * @param arrived given the cloud's own word; an instance that is gone counts as `Released`
 * @returns the word it arrived at
 */
export async function waitUntil(
  client: ReadyClient,
  id: string,
  { signal, progress }: StepContext,
  arrived: (status: string) => boolean | Promise<boolean>,
): Promise<string> {
  for (;;) {
    const instance = await (await client()).getInstance(id, signal);
    const status = instance?.status ?? 'Released';
    if (await arrived(status)) return status;
    // At any other time the figure stands at nought and means nothing.
    const share = status === 'Suspending' ? instance?.snapshotProgress : undefined;
    progress(share == null ? undefined : share / 100, status);
    await pause(everyMs, signal);
    if (signal.aborted) throw new CloudError('cancelled', 'cancelled');
  }
}
