/** Which terminals are to take each other's typing. */
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { useStores } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { plainly } from '../ui/plain-text.tsx';
import classes from './broadcast.module.css';
import { startBroadcast } from './broadcast.ts';
import { type DockLayout, isSplit, selectedTab } from './dock-layout.ts';
import { panesOf } from './pane-tree.ts';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const longestName = 60;

export function BroadcastDialog() {
  return useDock((dock) => dock.choosingBroadcast) && <BroadcastChoice />;
}

function BroadcastChoice() {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const stores = useStores();
  const instances = stores.instances(({ byKey }) => byKey);
  const open = stores.terminals(({ items }) => items).filter(({ state }) => state === 'open');
  /** A terminal that was renamed says whose it is. */
  const ownerOf = ({ instance, title }: Terminal) => {
    const name = instances.get(instance)?.name ?? title;
    return name === title ? '' : `${plainly(name, longestName)} · `;
  };
  const layout = useDock((dock) => dock.layout);
  const tab = selectedTab(layout);
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    (tab && isSplit(tab) ? panesOf(tab.tree) : open.map(({ id }) => id)).filter((session) =>
      open.some(({ id }) => id === session),
    ),
  );
  const close = () => pool.dock.setState({ choosingBroadcast: false, wanted: tab?.active });
  const reason = chosen.length < 2 ? t('broadcast.tooFew') : undefined;
  const start = () => {
    if (reason) return;
    pool.dock.setState({ broadcast: startBroadcast(chosen) });
    close();
  };
  return (
    <Dialog
      title={t('broadcast.title')}
      subtitle={t('broadcast.subtitle')}
      onClose={close}
      onSubmit={start}
      footer={
        <>
          <Button onClick={close}>{t('broadcast.cancel')}</Button>
          <Button look="danger" submit reason={reason}>
            {t('broadcast.start', { count: chosen.length })}
          </Button>
        </>
      }
    >
      {open.length < 2 && <p className={classes.none}>{t('broadcast.none')}</p>}
      <Checkbox.Group value={[...chosen]} onChange={setChosen}>
        <div className={classes.choice}>
          {open.map((terminal) => (
            <Checkbox
              key={terminal.id}
              value={terminal.id}
              size="sm"
              label={
                <>
                  {plainly(terminal.title, longestName)}
                  <span className={classes.place}>
                    {ownerOf(terminal)}
                    {t('broadcast.place', { number: placeOf(layout, terminal.id) })}
                  </span>
                </>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
    </Dialog>
  );
}

/** `2` for the second tab, `2.1` for its first pane where it has several. */
function placeOf({ tabs }: DockLayout, session: string): string {
  const panesOfTabs = tabs.map(({ tree }) => panesOf(tree));
  const at = panesOfTabs.findIndex((panes) => panes.includes(session));
  const panes = panesOfTabs[at] ?? [];
  return panes.length > 1 ? `${at + 1}.${panes.indexOf(session) + 1}` : `${at + 1}`;
}
