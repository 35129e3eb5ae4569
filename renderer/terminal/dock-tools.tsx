/** The tools at the right of the dock's bar: split, broadcast, search, fold away. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { ChevronIcon, ColumnsIcon, SearchIcon } from '../ui/icons.tsx';
import { split, toggleBroadcast } from './dock-commands.ts';
import type { DockTab } from './dock-layout.ts';
import { hasRoom } from './pane-places.ts';
import type { SplitDirection } from './pane-tree.ts';
import classes from './terminal-dock.module.css';
import { BroadcastIcon } from './terminal-icons.tsx';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

export function DockTools({ tab }: { readonly tab: DockTab | undefined }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const isBroadcasting = useDock((dock) => dock.broadcast.length > 0);
  const collapsed = useDock((dock) => dock.collapsed);
  const terminals = useStores().terminals(({ byKey }) => byKey);
  const open = [...terminals.values()].filter(({ state }) => state === 'open').length;
  if (!tab) return null;

  const fits = (direction: SplitDirection) => hasRoom(tab.tree, tab.active, direction);
  const isFull = !fits('horizontal') && !fits('vertical');
  const item = (direction: SplitDirection, name: string) => (
    <Menu.Item
      disabled={!fits(direction)}
      onClick={() => split(pool, direction, (session) => terminals.get(session))}
    >
      {name}
    </Menu.Item>
  );
  return (
    <div className={classes.tools}>
      {!collapsed && (
        <>
          <Menu position="top-end" width={170}>
            <Menu.Target>
              <Button
                look="quiet"
                size="row"
                title={t('split.title')}
                reason={isFull ? t('split.full') : undefined}
              >
                <ColumnsIcon size={13} />
                <span className={classes.toolName}>{t('split.title')}</span>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {item('horizontal', t('split.right'))}
              {item('vertical', t('split.down'))}
            </Menu.Dropdown>
          </Menu>
          <Button
            look="quiet"
            size="row"
            title={t('broadcast.tool')}
            aria-pressed={isBroadcasting}
            reason={!isBroadcasting && open < 2 ? t('broadcast.none') : undefined}
            onClick={() => toggleBroadcast(pool)}
          >
            <BroadcastIcon size={13} />
            <span className={classes.toolName}>{t('broadcast.tool')}</span>
          </Button>
          <Button
            look="quiet"
            size="row"
            title={t('search.title')}
            onClick={() => pool.dock.setState(({ searching }) => ({ searching: !searching }))}
          >
            <SearchIcon size={13} />
            <span className={classes.toolName}>{t('search.title')}</span>
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
