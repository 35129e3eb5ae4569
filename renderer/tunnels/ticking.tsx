/** One clock for all that counts seconds on a page: only what reads it is drawn again. */
import { createContext, type ReactNode, useContext } from 'react';
import { useNow } from '../ui/use-now.ts';

const NowContext = createContext<number | undefined>(undefined);
const stepMs = 1000;

export function Ticking({ children }: { readonly children: ReactNode }) {
  return <NowContext value={useNow(stepMs)}>{children}</NowContext>;
}

/** @returns milliseconds since 1970, told every second */
export function useTick(): number {
  const now = useContext(NowContext);
  if (now === undefined) throw new Error('no Ticking above this component');
  return now;
}
