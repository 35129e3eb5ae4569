/** The transfers of this page, above every page of the application, with what they ask and the warning before they are lost. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { plainly } from '../ui/plain-text.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { createPageTransfers, type PageTransfers } from './page-transfers.ts';

const TransfersContext = createContext<PageTransfers | undefined>(undefined);

const longestName = 60;

export function TransfersProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const { transfers } = useStores();
  const { i18n } = useTranslation();
  const { useToasts } = useView();
  const [own] = useState(() =>
    createPageTransfers({
      client,
      transfers,
      hostSaves: window.pilothouse !== undefined,
      sayFailure: (what, failure) =>
        useToasts
          .getState()
          .say({ kind: 'failed', title: i18n.t(`files:failures.${what}`), failure }),
      sayUnreadable: ({ count, firstPaths }) => {
        const names = firstPaths.map((path) => plainly(path, longestName)).join(', ');
        const text = i18n.t('files:unreadableHere', { count, names });
        useToasts.getState().say({ kind: 'done', text, stays: true });
      },
    }),
  );
  useLeaveGuard(own);
  useNoStrayDrops();
  return (
    <TransfersContext value={own}>
      {children}
      <ConflictDialog />
    </TransfersContext>
  );
}

export function usePageTransfers(): PageTransfers {
  const own = useContext(TransfersContext);
  if (!own) throw new Error('no TransfersProvider above this component');
  return own;
}

/** The files of a transfer are held by the page: the browser asks before it is left. */
function useLeaveGuard({ useHeld }: PageTransfers): void {
  const holds = useHeld(({ held }) => held.size > 0);
  useEffect(() => {
    if (!holds) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [holds]);
}

/** A file dropped beside its place would open in the application's stead, and end everything on the page. */
function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
}
