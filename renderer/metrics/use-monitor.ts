/** Watches an instance for as long as the component lives: what is kept, and every new sample. */
import { useCallback, useEffect, useState } from 'react';
import type { MetricRange } from '../../preload/contract/constants.ts';
import { CloudError, type Failure } from '../../preload/contract/errors.ts';
import { useClient, useConnectionState } from '../client/context.ts';
import { addSample, type MetricSeries, seriesOf } from './metric-series.ts';

export interface Monitor {
  /** Absent until what is kept was read. */
  readonly series: MetricSeries | undefined;
  /** Why nothing could be read, or why no new sample comes. */
  readonly failure: Failure | undefined;
  retry(): void;
}

const failureOf = (error: unknown): Failure => {
  if (error instanceof CloudError) return error.toFailure();
  throw error;
};

export function useMonitor(instance: string, range: MetricRange): Monitor {
  const client = useClient();
  const [series, setSeries] = useState<MetricSeries>();
  const [failure, setFailure] = useState<Failure>();
  const [attempt, setAttempt] = useState(0);
  // Again after every reconnection: the core forgets the watchers of a lost channel.
  const connected = useConnectionState() === 'connected';
  const retry = useCallback(() => setAttempt((former) => former + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt watches anew
  useEffect(() => {
    if (!connected) return;
    const abort = new AbortController();
    const stopSampled = client.on('metrics.sampled', (sampled) => {
      if (sampled.instance !== instance) return;
      setFailure(undefined);
      setSeries((former) => former && addSample(former, sampled.sample));
    });
    const stopFailed = client.on('metrics.failed', (failed) => {
      if (failed.instance === instance) setFailure(failed.failure);
    });
    client.call('metrics.watch', { instance }, abort.signal).catch((error: unknown) => {
      if (!abort.signal.aborted) setFailure(failureOf(error));
    });
    return () => {
      abort.abort();
      stopSampled();
      stopFailed();
    };
  }, [client, connected, instance, attempt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt reads anew
  useEffect(() => {
    if (!connected) return;
    const abort = new AbortController();
    setFailure(undefined);
    client.call('metrics.history', { instance, range }, abort.signal).then(
      (history) => setSeries(seriesOf(history)),
      (error: unknown) => {
        if (!abort.signal.aborted) setFailure(failureOf(error));
      },
    );
    return () => abort.abort();
  }, [client, connected, instance, range, attempt]);

  // Another instance or range: nothing of the former is shown as its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the two are what it is for
  useEffect(() => () => setSeries(undefined), [instance, range]);

  return { series, failure, retry };
}
