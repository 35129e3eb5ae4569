/** Work that has a time, and may be called off before. */

/**
 * Not by `AbortSignal.any` and `timeout`: what they make stays with a signal that lives as long as the application.
 * @param work given a signal that aborts with `signal`'s reason, or with a TimeoutError when the time is over
 */
export async function withDeadline<Value>(
  signal: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limited = new AbortController();
  const cancel = () => limited.abort(signal.reason);
  const late = () => limited.abort(new DOMException('the time is over', 'TimeoutError'));
  const timer = setTimeout(late, milliseconds).unref();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
