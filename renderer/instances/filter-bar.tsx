/** Between tabs and table: the chips that narrow the list, and what is shown of how much. */
import { Menu } from '@mantine/core';
import { memo, useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import { PlainText } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import classes from './filter-bar.module.css';
import { type Chip, type Facet, facetChoices, facets } from './filter-rows.ts';
import type { Row } from './rows.ts';
import { burnOf } from './totals.ts';
import type { TableRows } from './use-rows.ts';

const mostChoices = 200;

export const FilterBar = memo(function FilterBar({ rows }: { readonly rows: TableRows }) {
  const chips = useView().useInstancesView((state) => state.chips);
  return (
    <div className={classes.bar}>
      <div className={classes.chips}>
        {chips.map((chip) => (
          <ChipButton key={`${chip.facet} ${chip.value}`} chip={chip} />
        ))}
        {facets.map((facet) => (
          <AddChip key={facet} facet={facet} rows={rows.all} />
        ))}
      </div>
      <Totals rows={rows} />
    </div>
  );
});

function ChipButton({ chip }: { readonly chip: Chip }) {
  const { t } = useTranslation('instances');
  const removeChip = useView().useInstancesView((state) => state.removeChip);
  const account = useStores().accounts(({ byKey }) => byKey.get(chip.value)?.name);
  const label = chip.facet === 'account' ? (account ?? chip.value) : chip.value;
  return (
    <button
      type="button"
      className={classes.chip}
      aria-label={t('removeChip', { facet: t(`column.${chip.facet}`), value: label })}
      onClick={() => removeChip(chip)}
    >
      {t(`column.${chip.facet}`)}: <PlainText text={label} />
      <CloseIcon size={11} />
    </button>
  );
}

function AddChip({ facet, rows }: { readonly facet: Facet; readonly rows: readonly Row[] }) {
  const { t } = useTranslation('instances');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={classes.add}
          aria-label={t('addChip', { facet: t(`column.${facet}`) })}
        >
          <PlusIcon size={11} />
          {t(`column.${facet}`)}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.choices ?? ''}>
        <Choices facet={facet} rows={rows} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Counted only while the menu is open. */
function Choices({ facet, rows }: { readonly facet: Facet; readonly rows: readonly Row[] }) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  const addChip = useView().useInstancesView((state) => state.addChip);
  const choices = useMemo(() => facetChoices(rows, facet).slice(0, mostChoices), [rows, facet]);
  if (choices.length === 0) return <Menu.Label>{t('noChoices')}</Menu.Label>;
  return choices.map(({ value, label, count }) => (
    <Menu.Item
      key={value}
      rightSection={<span className={classes.count}>{formats.count(count)}</span>}
      onClick={() => addChip({ facet, value })}
    >
      <PlainText text={label} />
    </Menu.Item>
  ));
}

function Totals({ rows: { all, shown } }: { readonly rows: TableRows }) {
  const { t } = useTranslation('instances');
  const formats = useFormats();
  // The rows are painted first, their sum right after.
  const summed = useDeferredValue(shown);
  const burn = useMemo(() => burnOf(summed.map(({ instance }) => instance)), [summed]);
  const amounts = burn.perHour
    .map((amount) => t('common:perHour', { amount: formats.money(amount) }))
    .join(' + ');
  return (
    <p className={classes.totals} aria-live="polite">
      {t('shownOf', { shown: formats.count(shown.length), total: formats.count(all.length) })}
      {amounts && (
        <span title={burn.estimate ? t('common:estimateWhy') : undefined}>
          {' · '}
          {burn.estimate && '≈ '}
          {amounts}
        </span>
      )}
    </p>
  );
}
