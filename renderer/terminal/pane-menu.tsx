/** The menu of a pane, at the pointer. */
import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { FilesItem } from '../files/files-item.tsx';
import { isInSplit } from './dock-layout.ts';
import { copySelection, pasteClipboard } from './pane-actions.ts';
import { closePaneKeys, keysText } from './pane-keys.ts';
import classes from './pane-menu.module.css';
import { SessionItems } from './session-items.tsx';
import type { TerminalPane } from './terminal-pane.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

interface PaneMenuProps {
  readonly terminal: Terminal;
  readonly children: ReactNode;
}

export function PaneMenu({ terminal, children }: PaneMenuProps) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const { keyboard, dock } = pool;
  const isOneOfSeveral = useDock(({ layout }) => isInSplit(layout, terminal.id));
  // There Ctrl+C copies too, while something is selected.
  const short = (letter: string) =>
    keyboard === 'windows' ? `Ctrl+${letter}` : keysText(keyboard, letter);
  const item = (label: string, keys: string | undefined, run: (pane: TerminalPane) => void) => (
    <Menu.Item
      rightSection={keys && <kbd className={classes.key}>{keys}</kbd>}
      onClick={() => {
        const pane = pool.existing(terminal.id);
        if (!pane) return;
        run(pane);
        pane.focus();
      }}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu width={250} position="bottom-start" withinPortal>
      <Menu.ContextMenu>{children}</Menu.ContextMenu>
      <Menu.Dropdown>
        {item(
          t('menu.copy'),
          short('C'),
          (pane) => void copySelection(pane).catch(() => undefined),
        )}
        {item(t('menu.paste'), short('V'), (pane) => void pasteClipboard(pane))}
        {item(t('menu.selectAll'), undefined, (pane) => pane.selectAll())}
        <Menu.Divider />
        {item(t('menu.search'), keysText(keyboard, 'F'), () => dock.setState({ searching: true }))}
        {item(t('menu.clear'), undefined, (pane) => pane.clear())}
        <Menu.Divider />
        <SessionItems terminal={terminal} />
        <FilesItem instance={terminal.instance} />
        {item(t('sessions.item'), undefined, () =>
          dock.setState({ sessionsOf: terminal.instance }),
        )}
        {isOneOfSeveral && (
          <>
            <Menu.Divider />
            {item(t('menu.closePane'), closePaneKeys(keyboard), ({ id }) => pool.close(id))}
          </>
        )}
        <Menu.Divider />
        {item(t('keys.title'), undefined, () => dock.setState({ showingKeys: true }))}
      </Menu.Dropdown>
    </Menu>
  );
}
