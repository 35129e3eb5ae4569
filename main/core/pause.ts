/** Waiting that can be given up. */

/** Resolves after the time, or at once when the signal aborts; never rejects and never keeps the process alive. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds).unref();
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });
}
