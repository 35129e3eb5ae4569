/** Which tunnels are shown: states as tabs with counts, and words. */
import { CloseButton, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { SearchIcon } from '../ui/icons.tsx';
import { TabList } from '../ui/tab-list.tsx';
import { countTunnels, tunnelTabs } from './filter-tunnels.ts';
import classes from './tunnels-filter.module.css';

export function TunnelsFilter() {
  const { t } = useTranslation('tunnels');
  const counts = useStores().tunnels(useShallow(({ items }) => countTunnels(items)));
  const { tab, text, showTab, search } = useView().useTunnelsView();
  const tabs = tunnelTabs.map((id) => ({ id, label: t(`tabs.${id}`), count: counts[id] }));
  return (
    <div className={classes.bar}>
      <TabList label={t('tabs.label')} tabs={tabs} chosen={tab} onChoose={showTab} look="bar" />
      <TextInput
        size="xs"
        className={classes.search ?? ''}
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<SearchIcon size={13} />}
        rightSection={
          text && (
            <CloseButton
              size="xs"
              aria-label={t('clearSearch')}
              title={t('clearSearch')}
              onClick={() => search('')}
            />
          )
        }
        value={text}
        onChange={({ currentTarget }) => search(currentTarget.value)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') search('');
        }}
      />
    </div>
  );
}
