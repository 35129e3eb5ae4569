/** Which rows a tab, the chips and the search leave over. */
import type { Row } from './rows.ts';
import type { StateTab } from './state-tabs.ts';

export const facets = ['tag', 'account', 'gpu'] as const;
export type Facet = (typeof facets)[number];

export interface Chip {
  readonly facet: Facet;
  /** A tag, an account's id, or a GPU's name. */
  readonly value: string;
}

export interface Filter {
  readonly tab: StateTab;
  readonly search: string;
  readonly chips: readonly Chip[];
}

/** Words of the search must all occur; chips of one facet widen each other, chips of different facets narrow. */
export function filterRows(rows: readonly Row[], { tab, search, chips }: Filter): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = facets
    .map((facet) => ({
      facet,
      values: new Set(chips.filter((chip) => chip.facet === facet).map(({ value }) => value)),
    }))
    .filter(({ values }) => values.size > 0);
  if (tab === 'all' && words.length === 0 && wanted.length === 0) return rows;
  return rows.filter(
    (row) =>
      (tab === 'all' || row.instance.state.kind === tab) &&
      words.every((word) => row.searchText.includes(word)) &&
      wanted.every(({ facet, values }) =>
        facetValues(row, facet).some((value) => values.has(value)),
      ),
  );
}

function facetValues({ instance }: Row, facet: Facet): readonly string[] {
  switch (facet) {
    case 'tag':
      return instance.tags;
    case 'account':
      return [instance.account];
    case 'gpu':
      return instance.gpu ? [instance.gpu] : [];
  }
}

export interface FacetChoice {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** What a facet's chip can be set to, most frequent first. */
export function facetChoices(rows: readonly Row[], facet: Facet): readonly FacetChoice[] {
  const choices = new Map<string, { label: string; count: number }>();
  for (const row of rows) {
    for (const value of facetValues(row, facet)) {
      const choice = choices.get(value);
      if (choice) choice.count += 1;
      else choices.set(value, { label: facet === 'account' ? row.accountName : value, count: 1 });
    }
  }
  return [...choices]
    .map(([value, choice]) => ({ value, ...choice }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}
