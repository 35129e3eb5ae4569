/** The pool of terminals, above every page of the application, so that leaving a page leaves them running. */
import { useComputedColorScheme } from '@mantine/core';
import type { i18n } from 'i18next';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useClient, useStores } from '../client/context.ts';
import type { Toasts } from '../shell/toasts.ts';
import { useView } from '../shell/view-context.ts';
import { plainly } from '../ui/plain-text.tsx';
import type { DockState } from './dock-store.ts';
import { keyboardOf } from './pane-keys.ts';
import type { SessionWords } from './session-calls.ts';
import { createTerminalPool, type TerminalPool } from './terminal-pool.ts';

const TerminalPoolContext = createContext<TerminalPool | undefined>(undefined);

const longestName = 60;

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
      toastWords(i18n, () => useToasts.getState()),
      keyboardOf(navigator.platform),
    ),
  );
  useEffect(() => pool.start(), [pool]);
  useEffect(() => pool.setLook(scheme, preferences), [pool, scheme, preferences]);
  return <TerminalPoolContext value={pool}>{children}</TerminalPoolContext>;
}

function toastWords({ t }: i18n, toasts: () => Toasts): SessionWords {
  return {
    failed: (what, failure) =>
      toasts().say({ kind: 'failed', title: t(`terminal:failures.${what}`), failure }),
    clipboardWritten: (title, count) =>
      toasts().say({
        kind: 'done',
        text: t('terminal:clipboard.written', { name: plainly(title, longestName), count }),
      }),
    broadcastEnded: () => toasts().say({ kind: 'done', text: t('terminal:broadcast.ended') }),
    goesOn: ({ title, shell, shellSession }) =>
      toasts().say({
        kind: 'done',
        stays: true,
        text: t('terminal:goesOn', {
          name: plainly(title, longestName),
          shell,
          command: `${shell === 'tmux' ? 'tmux attach -t' : 'screen -r'} ${quoted(shellSession ?? '')}`,
        }),
      }),
    screenReader: () => ({
      promptLabel: t('terminal:screenReader.input'),
      tooMuchOutput: t('terminal:screenReader.tooMuch'),
    }),
  };
}

/** A session one entered may have any name. */
const quoted = (name: string): string =>
  /^[\w.-]+$/.test(name) ? name : `'${plainly(name, longestName).replaceAll("'", "'\\''")}'`;

export function useTerminalPool(): TerminalPool {
  const pool = useContext(TerminalPoolContext);
  if (!pool) throw new Error('no TerminalPoolProvider above this component');
  return pool;
}

export function useDock<Part>(select: (state: DockState) => Part): Part {
  return useStore(useTerminalPool().dock, select);
}
