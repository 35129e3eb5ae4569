/** Opens the Jupyter page of an instance; call what it returns from a click. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { plainly } from '../ui/plain-text.tsx';
import { useJupyterOpening } from './jupyter-context.tsx';

const longestName = 60;

export function useOpenJupyter(): (instanceKey: string, remotePort?: number) => void {
  const { t } = useTranslation('tunnels');
  const { instances } = useStores();
  const open = useJupyterOpening()((opening) => opening.open);
  return useCallback(
    (instanceKey, remotePort) => {
      const name = instances.getState().byKey.get(instanceKey)?.name ?? instanceKey;
      const words = {
        title: t('jupyter.title'),
        text: t('jupyter.page', { name: plainly(name, longestName) }),
      };
      open(instanceKey, words, remotePort);
    },
    [instances, open, t],
  );
}
