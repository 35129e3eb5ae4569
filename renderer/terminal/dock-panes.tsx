/** The panes of the selected tab and the lines between them. Each stands at a computed place, none inside another: a pane stays on the page, with its keyboard, when others come and go beside it. */
import type { CSSProperties } from 'react';
import { type DockTab, isSplit, tabElementId } from './dock-layout.ts';
import classes from './dock-panes.module.css';
import { PaneLine } from './pane-line.tsx';
import { type Box, placePanes } from './pane-places.ts';
import { PaneView } from './pane-view.tsx';
import { SearchBar } from './search-bar.tsx';
import { useDock } from './terminal-pool-context.tsx';
import { usePane } from './use-pane.ts';

const percent = (fraction: number): string => `${fraction * 100}%`;

const styleOf = ({ left, top, width, height }: Box): CSSProperties => ({
  left: percent(left),
  top: percent(top),
  width: percent(width),
  height: percent(height),
});

export function DockPanes({ tab }: { readonly tab: DockTab }) {
  const searching = useDock((dock) => dock.searching);
  const pane = usePane(tab.active);
  const { panes, lines } = placePanes(tab.tree);
  return (
    <div
      id="terminal-panes"
      className={classes.panes}
      role="tabpanel"
      aria-labelledby={tabElementId(tab.id)}
    >
      {panes.map(({ session, box }) => (
        <div key={session} className={classes.place} style={styleOf(box)}>
          <PaneView session={session} split={isSplit(tab)} active={tab.active === session} />
          {searching && pane?.id === session && <SearchBar pane={pane} />}
        </div>
      ))}
      {lines.map((line) => (
        <PaneLine key={line.path.join(' ')} tab={tab.id} line={line} style={styleOf(line.box)} />
      ))}
    </div>
  );
}
