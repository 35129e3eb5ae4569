/** Numbers in texts: counts are grouped, names that are numbers are not. */
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { groupCounts } from '../../renderer/ui/group-counts.ts';

async function textsWith(resources: Readonly<Record<string, string>>) {
  const texts = i18next.createInstance();
  await texts.use(groupCounts).init({
    lng: 'en',
    resources: { en: { translation: resources } },
    interpolation: { alwaysFormat: true, escapeValue: false },
  });
  return texts.t;
}

test('the digits of a count are grouped, and choose the same form of the text', async () => {
  const t = await textsWith({ items_one: '{{count}} item', items_other: '{{count}} items' });
  expect(t('items', { count: 5000 })).toBe('5,000 items');
  expect(t('items', { count: 1 })).toBe('1 item');
});

test('so are those of what the text says is an amount', async () => {
  const t = await textsWith({ refused: 'At most {{limit, number}}, not {{given}}.' });
  expect(t('refused', { limit: 100_000, given: 65_535 })).toBe('At most 100,000, not 65535.');
  expect(t('refused', { limit: 'many', given: '' })).toBe('At most many, not .');
});

test('every other number, and every word, stays as it is', async () => {
  const t = await textsWith({ what: '{{name}} on port {{port}}, {{shown}}' });
  expect(t('what', { name: 'count', port: 8888, shown: '1,000' })).toBe(
    'count on port 8888, 1,000',
  );
});
