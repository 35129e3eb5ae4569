/** One tunnel as a row of the list: drawn again only when this one changed. */
import { memo, type ReactNode } from 'react';
import { useStores } from '../client/context.ts';
import { RouteLine } from './route-line.tsx';
import { TunnelButtons } from './tunnel-buttons.tsx';
import { TunnelName } from './tunnel-name.tsx';
import classes from './tunnel-row.module.css';
import { TunnelState } from './tunnel-state.tsx';
import { TunnelTraffic } from './tunnel-traffic.tsx';

interface TunnelRowProps {
  readonly id: string;
  readonly index: number;
  readonly topPx: number;
  readonly heightPx: number;
  readonly tabbable: boolean;
}

export const TunnelRow = memo(function TunnelRow({
  id,
  index,
  topPx,
  heightPx,
  tabbable,
}: TunnelRowProps) {
  const tunnel = useStores().tunnels(({ byKey }) => byKey.get(id));
  if (!tunnel) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that come and go by scrolling cannot be a table element's
    <div
      role="row"
      className={classes.row}
      data-index={index}
      data-id={id}
      aria-rowindex={index + 2}
      aria-keyshortcuts="F2 Delete"
      tabIndex={tabbable ? 0 : -1}
      style={{ height: heightPx, transform: `translateY(${topPx}px)` }}
    >
      <Cell area="name">
        <TunnelName tunnel={tunnel} />
      </Cell>
      <Cell area="route">
        <RouteLine tunnel={tunnel} instanceName={tunnel.instanceName} />
      </Cell>
      <Cell area="state">
        <TunnelState tunnel={tunnel} />
      </Cell>
      <Cell area="traffic">
        <TunnelTraffic tunnel={tunnel} />
      </Cell>
      <Cell area="actions">
        <TunnelButtons tunnel={tunnel} />
      </Cell>
    </div>
  );
});

interface CellProps {
  readonly area: 'name' | 'route' | 'state' | 'traffic' | 'actions';
  readonly children: ReactNode;
}

function Cell({ area, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div role="cell" className={classes.cell} data-area={area}>
      {children}
    </div>
  );
}
