/** The upper edge of the dock: dragged, or moved with the arrow keys. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './terminal-dock.module.css';
import { useDock, useTerminalPool } from './terminal-pool-context.tsx';

const lowestPx = 120;
const stepPx = 24;
/** What the page above keeps. */
const keptAbovePx = 220;

export function DockResizer() {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const heightPx = useDock((dock) => dock.heightPx);
  const highestPx = Math.max(lowestPx, window.innerHeight - keptAbovePx);
  const set = (next: number) =>
    pool.dock.setState({ heightPx: Math.min(highestPx, Math.max(lowestPx, Math.round(next))) });

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const { currentTarget, pointerId, clientY } = event;
    event.preventDefault();
    currentTarget.setPointerCapture(pointerId);
    const onMove = (move: globalThis.PointerEvent) => set(heightPx + clientY - move.clientY);
    const onEnd = () => {
      currentTarget.removeEventListener('pointermove', onMove);
      currentTarget.removeEventListener('pointerup', onEnd);
      currentTarget.removeEventListener('pointercancel', onEnd);
    };
    currentTarget.addEventListener('pointermove', onMove);
    currentTarget.addEventListener('pointerup', onEnd);
    currentTarget.addEventListener('pointercancel', onEnd);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') set(heightPx + stepPx);
    else if (event.key === 'ArrowDown') set(heightPx - stepPx);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus; this separator is moved by keys
    <div
      className={classes.resizer}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('height')}
      aria-valuenow={heightPx}
      aria-valuemin={lowestPx}
      aria-valuemax={highestPx}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
