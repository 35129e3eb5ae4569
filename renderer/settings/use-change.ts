/** Changes preferences, and says so when they could not be kept. */
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { PreferencesPatch } from '../../preload/contract/settings.ts';
import { useView } from '../shell/view-context.ts';

export function useChangePreferences(): (patch: PreferencesPatch) => void {
  const { t } = useTranslation('settings');
  const { usePreferences, useToasts } = useView();
  return (patch) => {
    usePreferences
      .getState()
      .change(patch)
      .catch((error: unknown) => {
        if (!(error instanceof CloudError)) throw error;
        useToasts.getState().say({ kind: 'failed', title: t('notKept'), failure: error });
      });
  };
}
