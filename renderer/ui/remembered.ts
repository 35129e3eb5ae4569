/** Small things about the look that outlive the page. Never a secret: anything on this machine can read it. */

/** `device`: for good. `page`: through a reload of this very page, and no longer. */
type RememberedFor = 'device' | 'page';

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
  rememberedFor: RememberedFor = 'device',
): Remembered<Value> {
  const key = `pilothouse-${name}`;
  const storage = () => (rememberedFor === 'page' ? sessionStorage : localStorage);
  return {
    read() {
      try {
        return accept(JSON.parse(storage().getItem(key) ?? 'null')) ?? initial;
      } catch {
        return initial;
      }
    },
    write(value) {
      try {
        storage().setItem(key, JSON.stringify(value));
      } catch {
        // A full or forbidden store costs a remembered width, nothing else.
      }
    },
  };
}
