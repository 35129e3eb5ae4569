/** The menu of a pane, at the pointer. */
import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { copySelection, pasteClipboard } from './pane-actions.ts';
import { isMac } from './pane-keys.ts';
import classes from './pane-menu.module.css';
import type { TerminalPane } from './terminal-pane.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function PaneMenu({
  session,
  children,
}: {
  readonly session: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const keys = isMac(navigator.platform) ? 'Cmd+' : 'Ctrl+Shift+';
  const item = (label: string, key: string | undefined, run: (pane: TerminalPane) => void) => (
    <Menu.Item
      rightSection={key && <kbd className={classes.key}>{keys + key}</kbd>}
      onClick={() => {
        const pane = pool.existing(session);
        if (!pane) return;
        run(pane);
        pane.focus();
      }}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu width={220} withinPortal>
      <Menu.ContextMenu>{children}</Menu.ContextMenu>
      <Menu.Dropdown>
        {item(t('menu.copy'), 'C', (pane) => void copySelection(pane).catch(() => undefined))}
        {item(t('menu.paste'), 'V', (pane) => void pasteClipboard(pane))}
        {item(t('menu.selectAll'), undefined, (pane) => pane.selectAll())}
        <Menu.Divider />
        {item(t('menu.search'), 'F', () => pool.dock.setState({ searching: true }))}
        {item(t('menu.clear'), undefined, (pane) => pane.clear())}
      </Menu.Dropdown>
    </Menu>
  );
}
