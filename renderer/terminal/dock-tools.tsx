/** The tools at the right of the dock's bar: split, search, fold away. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { ChevronIcon, ColumnsIcon, SearchIcon } from '../ui/icons.tsx';
import type { DockTab, SplitDirection } from './dock-layout.ts';
import classes from './terminal-dock.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

export function DockTools({ tab }: { readonly tab: DockTab | undefined }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const collapsed = useDock((dock) => dock.collapsed);
  const terminals = useStores().terminals(({ byKey }) => byKey);
  if (!tab) return null;

  const split = (direction: SplitDirection) => {
    const instance = terminals.get(tab.active)?.instance;
    if (instance) void pool.open(instance, { tab: tab.id, direction });
  };
  const full = tab.panes.length > 1;
  return (
    <div className={classes.tools}>
      {!collapsed && (
        <>
          <Menu position="top-end" width={170}>
            <Menu.Target>
              <Button look="quiet" size="row" reason={full ? t('split.full') : undefined}>
                <ColumnsIcon size={13} />
                {t('split.title')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={full} onClick={() => split('horizontal')}>
                {t('split.right')}
              </Menu.Item>
              <Menu.Item disabled={full} onClick={() => split('vertical')}>
                {t('split.down')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            look="quiet"
            size="row"
            onClick={() => pool.dock.setState(({ searching }) => ({ searching: !searching }))}
          >
            <SearchIcon size={13} />
            {t('search.title')}
          </Button>
        </>
      )}
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t(collapsed ? 'unfold' : 'fold')}
        aria-expanded={!collapsed}
        onClick={() => pool.dock.setState({ collapsed: !collapsed })}
      >
        <span className={classes.chevron} data-collapsed={collapsed || undefined}>
          <ChevronIcon size={13} />
        </span>
      </Button>
    </div>
  );
}
