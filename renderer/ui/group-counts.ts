/** Groups the digits of every `count`, and of what a text puts in as `{{limit, number}}`, as formats do: `12,345`. Other numbers, such as ports, are names. */
import type { FormatterModule } from 'i18next';

/** Needs `interpolation.alwaysFormat`. */
export const groupCounts: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value, format, language, options) =>
    typeof value === 'number' && (format === 'number' || options?.interpolationkey === 'count')
      ? value.toLocaleString(language)
      : value,
};
