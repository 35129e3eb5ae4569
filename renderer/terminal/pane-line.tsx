/** The line between two panes: dragged, or moved with the arrow keys. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { resizePanes } from './dock-layout.ts';
import classes from './dock-panes.module.css';
import type { PlacedLine } from './pane-places.ts';
import { moveLine } from './pane-tree.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

/** What a pane keeps: a few columns, or a row. */
const leastPx = 48;
const stepPx = 24;
const mainButton = 0;

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

interface PaneLineProps {
  readonly tab: string;
  readonly line: PlacedLine;
  /** Where it stands. */
  readonly style: CSSProperties;
}

export function PaneLine({ tab, line, style }: PaneLineProps) {
  const { t } = useTranslation('terminal');
  const { dock } = useTerminalPool();
  const { path, direction, start, length, share, shareOfBoth } = line;
  const isRow = direction === 'horizontal';

  /** How long the split of the line is on the page, and where it begins there. */
  const onPage = (element: HTMLElement) => {
    const room = element.parentElement?.getBoundingClientRect() ?? new DOMRect();
    const wholePx = isRow ? room.width : room.height;
    return { fromPx: (isRow ? room.left : room.top) + start * wholePx, lengthPx: length * wholePx };
  };
  const moveTo = (next: number, lengthPx: number) => {
    if (lengthPx <= 0) return;
    dock.setState(({ layout }) => ({
      layout: resizePanes(layout, tab, (tree) => moveLine(tree, path, next, leastPx / lengthPx)),
    }));
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget, pointerId } = event;
    // The keyboard stays where it is.
    event.preventDefault();
    if (event.button !== mainButton) return;
    currentTarget.setPointerCapture(pointerId);
    const onMove = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const { fromPx, lengthPx } = onPage(currentTarget);
      moveTo(((isRow ? clientX : clientY) - fromPx) / lengthPx, lengthPx);
    };
    const ending = new AbortController();
    const { signal } = ending;
    currentTarget.addEventListener('pointermove', onMove, { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      currentTarget.addEventListener(end, () => ending.abort(), { signal });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = keySteps[event.key];
    const isAlong = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? isRow : !isRow;
    if (step === undefined || !isAlong || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { lengthPx } = onPage(event.currentTarget);
    moveTo(share + (step * stepPx) / lengthPx, lengthPx);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus; this separator is moved by keys
    <div
      className={classes.line}
      style={style}
      role="separator"
      tabIndex={0}
      data-direction={direction}
      aria-orientation={isRow ? 'vertical' : 'horizontal'}
      aria-label={t('split.separator')}
      aria-valuenow={Math.round((share / shareOfBoth) * 100)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
