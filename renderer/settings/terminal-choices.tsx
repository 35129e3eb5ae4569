/** The preferences of terminals that are one of several: colours and bell. */
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { terminalThemes } from '../../preload/contract/constants.ts';
import type { Preferences } from '../../preload/contract/settings.ts';
import { useChangePreferences } from './use-change.ts';

type TerminalPreferences = Preferences['terminal'];

export function ThemeSetting({ value }: { readonly value: TerminalPreferences['theme'] }) {
  const { t } = useTranslation('settings');
  const change = useChangePreferences();
  const choose = (chosen: string) => {
    const theme = terminalThemes.find((known) => known === chosen);
    if (theme) change({ terminal: { theme } });
  };
  return (
    <NativeSelect
      size="xs"
      w={210}
      aria-label={t('terminal.theme')}
      value={value}
      data={terminalThemes.map((theme) => ({ value: theme, label: t(`terminal.themes.${theme}`) }))}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  );
}

const bells = ['visual', 'sound', 'none'] as const;

export function BellSetting({ value }: { readonly value: TerminalPreferences['bell'] }) {
  const { t } = useTranslation('settings');
  const change = useChangePreferences();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('terminal.bell')}
      value={value}
      onChange={(bell) => change({ terminal: { bell } })}
      data={bells.map((bell) => ({ value: bell, label: t(`terminal.bells.${bell}`) }))}
    />
  );
}
