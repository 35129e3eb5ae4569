/** Hands what stands on the screens to the core now and then, while the operator wishes them kept over a restart. */
import type { Client } from '../client/client.ts';
import type { TerminalPane } from './terminal-pane.ts';

const everyMs = 30_000;

/** @returns how to stop */
export function startScreenKeeper(
  client: Client,
  panes: () => Iterable<TerminalPane>,
  isWished: () => boolean,
): () => void {
  /** How far the output was drawn when it was kept last. */
  const kept = new Map<string, number>();
  const keep = () => {
    if (!isWished()) {
      kept.clear();
      return;
    }
    for (const pane of panes()) {
      if (pane.drawnBytes === kept.get(pane.id)) continue;
      kept.set(pane.id, pane.drawnBytes);
      const screen = pane.screen();
      if (screen === undefined) continue;
      // The next round tries again; a terminal that was just closed has nothing to keep.
      client.call('terminals.keepScreen', { id: pane.id, screen }).catch(() => {
        kept.delete(pane.id);
      });
    }
  };
  const onHidden = () => {
    if (document.hidden) keep();
  };
  const timer = setInterval(keep, everyMs);
  document.addEventListener('visibilitychange', onHidden);
  window.addEventListener('pagehide', keep);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onHidden);
    window.removeEventListener('pagehide', keep);
  };
}
