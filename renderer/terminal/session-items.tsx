/** Entries of a menu that are about one session: its name, its log, where its typing goes. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { toggleBroadcast } from './dock-commands.ts';
import { keysText } from './pane-keys.ts';
import classes from './pane-menu.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

interface SessionItemsProps {
  readonly terminal: Terminal;
  /** The menu of the tab, whose keys hold there; in the terminal the same keys are its program's. */
  readonly ofTab?: boolean;
}

export function SessionItems({ terminal, ofTab = false }: SessionItemsProps) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const isBroadcasting = useDock((dock) => dock.broadcast.length > 0);
  const { id, log } = terminal;
  return (
    <>
      <Menu.Item
        rightSection={ofTab && <kbd className={classes.key}>F2</kbd>}
        onClick={() => pool.dock.setState({ renaming: id })}
      >
        {t('menu.rename')}
      </Menu.Item>
      <Menu.Item onClick={() => pool.setLog(id, !log)}>
        {t(log ? 'log.stop' : 'log.start')}
      </Menu.Item>
      <Menu.Item
        rightSection={<kbd className={classes.key}>{keysText(pool.keyboard, 'B')}</kbd>}
        onClick={() => toggleBroadcast(pool)}
      >
        {t(isBroadcasting ? 'broadcast.stop' : 'broadcast.choose')}
      </Menu.Item>
    </>
  );
}
