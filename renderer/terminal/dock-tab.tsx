/** One tab of the dock: a dot, a name, a cross, its account's colour, and marks of what goes on in it. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStores } from '../client/context.ts';
import { CloseIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { selectSession, type DockTab as Tab, tabElementId } from './dock-layout.ts';
import classes from './dock-tabs.module.css';
import { paneMood, waitsForInstance } from './pane-mood.ts';
import { panesOf } from './pane-tree.ts';
import { RenameField } from './rename-field.tsx';
import { SessionItems } from './session-items.tsx';
import { BellIcon, BroadcastIcon } from './terminal-icons.tsx';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';
import { useAccountColour } from './use-account-colour.ts';

const longestName = 40;
const middleButton = 1;

interface DockTabProps {
  readonly tab: Tab;
  readonly selected: boolean;
}

export function DockTab({ tab, selected }: DockTabProps) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const terminals = useStores().terminals(({ byKey }) => byKey);
  const broadcast = useDock((dock) => dock.broadcast);
  const panes = panesOf(tab.tree);
  const rung = useDock((dock) => panes.some((session) => dock.rung.has(session)));
  const renaming = useDock((dock) => dock.renaming === tab.active);
  const sessions = panes.flatMap((session) => terminals.get(session) ?? []);
  const name = plainly(nameOf(sessions.map(({ title }) => title)), longestName);
  const active = terminals.get(tab.active);
  const colour = useAccountColour(active?.instance);
  const session = active ?? { state: 'closed' as const };
  const state = waitsForInstance(session) ? 'waits' : session.state;
  const takesPart = panes.some((each) => broadcast.includes(each));
  const select = () =>
    pool.dock.setState(({ layout }) => ({
      layout: selectSession(layout, tab.active),
      collapsed: false,
      wanted: tab.active,
    }));
  const rename = () => pool.dock.setState({ renaming: tab.active });
  const close = () => {
    for (const each of panes) pool.close(each);
  };
  return (
    <Menu width={230} position="bottom-start" withinPortal>
      <Menu.ContextMenu>
        <div
          className={classes.tab}
          data-selected={selected || undefined}
          data-account-colour={colour}
          role="presentation"
        >
          {renaming && active ? (
            <RenameField terminal={active} />
          ) : (
            <button
              id={tabElementId(tab.id)}
              type="button"
              role="tab"
              className={classes.name}
              title={name}
              aria-selected={selected}
              aria-controls="terminal-panes"
              aria-keyshortcuts="F2 Delete"
              tabIndex={selected ? 0 : -1}
              onClick={select}
              onDoubleClick={rename}
              onAuxClick={(event) => event.button === middleButton && close()}
              onKeyDown={(event) => {
                if (event.key === 'Delete') close();
                if (event.key === 'F2') rename();
              }}
            >
              <StateDot mood={paneMood(session)} />
              <span className={classes.text}>{name}</span>
              <span className="hidden-text">{t(`states.${state}`)}</span>
              {takesPart && (
                <span className={classes.broadcast} title={t('broadcast.takesPart')}>
                  <BroadcastIcon size={12} />
                </span>
              )}
              {sessions.some(({ log }) => log) && (
                <span className={classes.recording} title={t('log.on')}>
                  REC
                </span>
              )}
              {rung && (
                <span className={classes.bell} title={t('bell')}>
                  <BellIcon size={12} />
                </span>
              )}
            </button>
          )}
          <button
            type="button"
            className={classes.close}
            aria-label={t('close', { name })}
            title={t('close', { name })}
            tabIndex={-1}
            onClick={close}
          >
            <CloseIcon size={11} />
          </button>
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        {active && <SessionItems terminal={active} ofTab />}
        <Menu.Divider />
        <Menu.Item rightSection={<kbd className={classes.key}>Del</kbd>} onClick={close}>
          {t('menu.close')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Each title once, with how many panes have it: `training-box ×3 + web`. */
function nameOf(titles: readonly string[]): string {
  return [...new Set(titles)]
    .map((title) => {
      const count = titles.filter((other) => other === title).length;
      return count > 1 ? `${title} ×${count}` : title;
    })
    .join(' + ');
}
