/** Light, dark or as the system is; and the language. */
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Language, languages, type Theme, themes } from '../../preload/contract/constants.ts';
import { useView } from '../shell/view-context.ts';
import { Section, Setting } from './section.tsx';
import { useChangePreferences } from './use-change.ts';

/** Each language in its own words. */
const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  'zh-TW': '繁體中文',
  'zh-CN': '简体中文',
};

export function AppearanceSection() {
  const { t } = useTranslation('settings');
  const { usePreferences } = useView();
  const theme = usePreferences((state) => state.theme);
  const language = usePreferences((state) => state.language);
  const change = useChangePreferences();
  return (
    <Section title={t('appearance.title')}>
      <Setting label={t('appearance.theme')}>
        <SegmentedControl
          size="xs"
          aria-label={t('appearance.theme')}
          value={theme}
          data={themes.map((value) => ({ value, label: t(`appearance.themes.${value}`) }))}
          onChange={(value) => change({ theme: value as Theme })}
        />
      </Setting>
      <Setting label={t('appearance.language')}>
        <NativeSelect
          size="xs"
          aria-label={t('appearance.language')}
          value={language}
          data={[
            { value: 'system', label: t('appearance.systemLanguage') },
            ...languages.map((value) => ({ value, label: languageNames[value] })),
          ]}
          onChange={({ currentTarget }) =>
            change({ language: currentTarget.value as 'system' | Language })
          }
        />
      </Setting>
    </Section>
  );
}
