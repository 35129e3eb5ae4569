/** The present, told again and again, for texts such as "4 s ago". */
import { useEffect, useState } from 'react';

/** @returns milliseconds since 1970, at most `everyMs` old */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
