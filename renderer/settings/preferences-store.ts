/** The operator's preferences: shown at once from memory of the last time, then as the core has them. */
import { create } from 'zustand';
import { type Language, languages, type Theme, themes } from '../../preload/contract/constants.ts';
import type { Preferences, PreferencesPatch } from '../../preload/contract/settings.ts';
import type { Client } from '../client/client.ts';
import { createRemembered } from '../ui/remembered.ts';

/** What must be known before the first paint. */
interface Appearance {
  readonly theme: Theme;
  readonly language: 'system' | Language;
}

export interface PreferencesState extends Appearance {
  /** Absent until the core has answered. */
  readonly preferences: Preferences | undefined;
  /** @throws CloudError when they could not be kept; nothing changes then */
  change(patch: PreferencesPatch): Promise<void>;
}

export function createPreferencesStore(client: Client) {
  const remembered = createRemembered<Appearance>(
    'appearance',
    { theme: 'system', language: 'system' },
    (stored) => {
      const { theme, language } = (stored ?? {}) as Partial<Appearance>;
      return themes.some((known) => known === theme) &&
        [...languages, 'system'].some((known) => known === language)
        ? ({ theme, language } as Appearance)
        : undefined;
    },
  );

  return create<PreferencesState>()((set) => {
    const take = (preferences: Preferences) => {
      const { theme, language } = preferences;
      remembered.write({ theme, language });
      set({ preferences, theme, language });
    };
    client.on('settings.changed', take);
    client.onConnected(() => {
      // A failure leaves what was remembered; the next connection asks again.
      client.call('settings.read', {}).then(take, () => {});
    });
    return {
      ...remembered.read(),
      preferences: undefined,
      change: async (patch) => take(await client.call('settings.change', patch)),
    };
  });
}
