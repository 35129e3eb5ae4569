/** Every instance of every account: tabs by state, filter chips, the table, and the detail beside it. */
import { useMediaQuery } from '@mantine/hooks';
import { Group, Panel } from 'react-resizable-panels';
import { useStores } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { Splitter, useRememberedLayout } from '../ui/splitter.tsx';
import { DetailPanel } from './detail/detail-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FirstRun } from './first-run.tsx';
import { InstanceTable } from './instance-table.tsx';
import classes from './instances-page.module.css';
import { Invitation } from './invitation.tsx';
import { PageHead } from './page-head.tsx';
import { StaleNote, TableFailed, TableLoading } from './table-looks.tsx';
import { useRows } from './use-rows.ts';

export function InstancesPage() {
  const stores = useStores();
  const isFirstRun = stores.instances(({ look, items }) => look === 'fresh' && items.length === 0);
  // Neither an error nor a reading under way is an empty list: only what was read and is empty invites.
  const isAllRead = stores.accounts(
    ({ look, items }) => look === 'fresh' && items.every(({ reading }) => reading === 'ok'),
  );
  return isFirstRun && isAllRead ? <FirstRun /> : <TableAndDetail />;
}

function TableAndDetail() {
  const { look, failure, items } = useStores().instances();
  const isReading = useStores().accounts(({ items: accounts }) =>
    accounts.some(({ reading }) => reading === 'never'),
  );
  const isLoading = look === 'loading' || (items.length === 0 && isReading);
  const rows = useRows();
  const { useInstancesView } = useView();
  const selected = useInstancesView((state) => state.selected);
  const instance = useStores().instances(({ byKey }) =>
    selected === undefined ? undefined : byKey.get(selected),
  );
  const isNarrow = useMediaQuery('(max-width: 820px)', undefined, {
    getInitialValueInEffect: false,
  });
  const layout = useRememberedLayout(
    'detail',
    instance && !isNarrow ? ['table', 'detail'] : ['table'],
  );

  return (
    <div className={classes.page}>
      <PageHead tabs={rows.tabs} />
      <Invitation />
      <Group className={classes.columns ?? ''} {...layout}>
        <Panel id="table" minSize={340} className={classes.column ?? ''}>
          <FilterBar rows={rows} />
          {isLoading && <TableLoading />}
          {look === 'failed' && failure && <TableFailed failure={failure} />}
          {!isLoading && (look === 'fresh' || look === 'stale') && (
            <>
              <StaleNote />
              <InstanceTable rows={rows} />
            </>
          )}
        </Panel>
        {instance && !isNarrow && (
          <>
            <Splitter orientation="vertical" />
            <Panel
              id="detail"
              defaultSize={440}
              minSize={340}
              maxSize="70%"
              groupResizeBehavior="preserve-pixel-size"
              className={classes.column ?? ''}
            >
              <DetailPanel key={instance.key} instance={instance} />
            </Panel>
          </>
        )}
      </Group>
      {instance && isNarrow && (
        <div className={classes.cover}>
          <DetailPanel key={instance.key} instance={instance} />
        </div>
      )}
    </div>
  );
}
