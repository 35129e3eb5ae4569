/** The table's rows: made of the instances, sorted once per change, filtered at every keystroke. */
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { filterRows } from './filter-rows.ts';
import { createRowMaker, type Row } from './rows.ts';
import { sortRows } from './sort-rows.ts';
import { countTabs, type TabCount } from './state-tabs.ts';

export interface TableRows {
  readonly all: readonly Row[];
  /** Those of the tab, the chips and the search, in order. */
  readonly shown: readonly Row[];
  /** What was searched for then; the field may hold more by now. */
  readonly search: string;
  readonly tabs: readonly TabCount[];
}

export function useRows(): TableRows {
  const stores = useStores();
  const { i18n } = useTranslation();
  const instances = stores.instances(({ items }) => items);
  const accounts = stores.accounts(({ byKey }) => byKey);
  const { useInstancesView } = useView();
  const tab = useInstancesView((state) => state.tab);
  const chips = useInstancesView((state) => state.chips);
  const sort = useInstancesView((state) => state.sort);
  // The typed character is painted first, the table right after.
  const search = useDeferredValue(useInstancesView((state) => state.search));
  const [makeRows] = useState(createRowMaker);

  const all = useMemo(() => makeRows(instances, accounts), [makeRows, instances, accounts]);
  const sorted = useMemo(() => sortRows(all, sort, i18n.language), [all, sort, i18n.language]);
  const shown = useMemo(
    () => filterRows(sorted, { tab, search, chips }),
    [sorted, tab, search, chips],
  );
  const tabs = useMemo(() => countTabs(all, tab), [all, tab]);
  return useMemo(() => ({ all, shown, search, tabs }), [all, shown, search, tabs]);
}
