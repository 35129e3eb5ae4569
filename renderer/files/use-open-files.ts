/** Shows the files of an instance: the one way in from other pages. */
import { useCallback } from 'react';
import { useView } from '../shell/view-context.ts';

export function useOpenFiles(): (instanceKey: string) => void {
  const { useFilesView, useNavigation } = useView();
  return useCallback(
    (instanceKey) => {
      useFilesView.getState().visitInstance(instanceKey);
      useNavigation.getState().go('files');
    },
    [useFilesView, useNavigation],
  );
}
