/** Groups the digits of every `count` that a text puts in, as formats do: `12,345`. Other numbers, such as ports, are names. */
import type { FormatterModule } from 'i18next';

/** Needs `interpolation.alwaysFormat`. */
export const groupCounts: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value, _format, language, options) =>
    typeof value === 'number' && options?.interpolationkey === 'count'
      ? value.toLocaleString(language)
      : value,
};
