/** The pool of terminals, above every page of the application, so that leaving a page leaves them running. */
import { useComputedColorScheme } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import type { DockState } from './dock-store.ts';
import { isMac } from './pane-keys.ts';
import { createTerminalPool, type TerminalPool } from './terminal-pool.ts';

const TerminalPoolContext = createContext<TerminalPool | undefined>(undefined);

export function TerminalPoolProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const stores = useStores();
  const { i18n } = useTranslation();
  const { usePreferences, useToasts } = useView();
  const scheme = useComputedColorScheme('dark');
  const preferences = usePreferences((state) => state.preferences?.terminal);
  const [pool] = useState(() =>
    createTerminalPool(
      client,
      stores,
      (what, failure) =>
        useToasts
          .getState()
          .say({ kind: 'failed', title: i18n.t(`terminal:failures.${what}`), failure }),
      isMac(navigator.platform),
    ),
  );
  useEffect(() => pool.start(), [pool]);
  useEffect(() => pool.setLook(scheme, preferences), [pool, scheme, preferences]);
  return <TerminalPoolContext value={pool}>{children}</TerminalPoolContext>;
}

export function useTerminalPool(): TerminalPool {
  const pool = useContext(TerminalPoolContext);
  if (!pool) throw new Error('no TerminalPoolProvider above this component');
  return pool;
}

export function useDock<Part>(select: (state: DockState) => Part): Part {
  return useStore(useTerminalPool().dock, select);
}
