/** Small things about the look that outlive the page. Never a secret: anything on this machine can read it. */

export interface Remembered<Value> {
  read(): Value;
  write(value: Value): void;
}

/**
 * @param accept returns the value when it is one, and undefined for anything else a former version may have left
 */
export function createRemembered<Value>(
  name: string,
  initial: Value,
  accept: (stored: unknown) => Value | undefined,
): Remembered<Value> {
  const key = `pilothouse-${name}`;
  return {
    read() {
      try {
        return accept(JSON.parse(localStorage.getItem(key) ?? 'null')) ?? initial;
      } catch {
        return initial;
      }
    },
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A full or forbidden store costs a remembered width, nothing else.
      }
    },
  };
}
