/** Light or dark, and the language: as the operator prefers, or as the machine does. */
import { MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../preload/contract/constants.ts';
import { createFormats } from '../ui/format.ts';
import { languageFor } from '../ui/language.ts';
import { FormatsContext } from '../ui/texts.ts';
import { resolveVariables, theme } from '../ui/theme.ts';
import { useView } from './view-context.ts';

export function Appearance({ children }: { readonly children: ReactNode }) {
  const { usePreferences } = useView();
  const preferred = usePreferences((state) => state.theme);
  const language = usePreferences((state) => state.language);
  const systemIsDark = useMediaQuery('(prefers-color-scheme: dark)', undefined, {
    getInitialValueInEffect: false,
  });
  const { i18n } = useTranslation();
  useEffect(() => {
    void i18n.changeLanguage(languageFor(language, navigator.language));
  }, [i18n, language]);

  const formats = useMemo(() => createFormats(i18n.language as Language), [i18n.language]);
  const scheme = preferred === 'system' ? (systemIsDark ? 'dark' : 'light') : preferred;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      forceColorScheme={scheme}
    >
      <FormatsContext value={formats}>{children}</FormatsContext>
    </MantineProvider>
  );
}
