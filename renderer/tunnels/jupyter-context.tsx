/** Opening Jupyter, above every page, with the dialog that shows how far it is. */
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { StoreApi, UseBoundStore } from 'zustand';
import { useClient } from '../client/context.ts';
import { JupyterDialog } from './jupyter-dialog.tsx';
import { createJupyterOpening, type JupyterOpening } from './jupyter-opening.ts';

const JupyterContext = createContext<UseBoundStore<StoreApi<JupyterOpening>> | undefined>(
  undefined,
);

export function JupyterProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const [useOpening] = useState(() => createJupyterOpening(client));
  return (
    <JupyterContext value={useOpening}>
      {children}
      <JupyterDialog useOpening={useOpening} />
    </JupyterContext>
  );
}

export function useJupyterOpening(): UseBoundStore<StoreApi<JupyterOpening>> {
  const useOpening = useContext(JupyterContext);
  if (!useOpening) throw new Error('no JupyterProvider above this component');
  return useOpening;
}
