/** A session that is connecting, has ended or has failed: why, and how to go on. */
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import { Button } from '../ui/button.tsx';
import { technicalDetail, useFailureText } from '../ui/failure-note.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { canReconnect, paneMood, waitsForInstance } from './pane-mood.ts';
import classes from './pane-view.module.css';
import { useTerminalPool } from './terminal-pool-context.tsx';

const longestDetail = 300;

interface PaneEndedProps {
  readonly terminal: Terminal;
  /** Enter means this pane. */
  readonly active: boolean;
}

export function PaneEnded({ terminal, active }: PaneEndedProps) {
  const { t } = useTranslation('terminal');
  const failureText = useFailureText();
  const pool = useTerminalPool();
  const { id, state, exit, failure, reopened } = terminal;
  const banner = useRef<HTMLDivElement>(null);
  const reconnectable = canReconnect(terminal);
  const reconnect = useCallback(() => {
    pool.reconnect(id);
    // The button goes away: what is typed next is for the shell, or for the questions on the way to it.
    pool.dock.setState({ wanted: id });
  }, [pool, id]);

  useEffect(() => {
    const view = banner.current?.parentElement;
    if (!reconnectable || !active || !view) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const inTerminal = event.target instanceof HTMLTextAreaElement;
      if (event.key !== 'Enter' || event.isComposing || !inTerminal) return;
      event.preventDefault();
      event.stopPropagation();
      reconnect();
    };
    // Before xterm: there is no shell to take the key.
    view.addEventListener('keydown', onKeyDown, { capture: true });
    return () => view.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [reconnectable, active, reconnect]);

  if (state === 'open') return null;
  const why = () => {
    const name = plainly(terminal.title, 60);
    if (state === 'connecting' && failure) {
      return t('reconnecting', { name, reason: failureText(failure) });
    }
    if (state === 'connecting') return t('connecting', { name });
    if (reopened) return t('reopened');
    if (failure) return failureText(failure);
    if (exit?.signal) return t('ended.signal', { signal: exit.signal });
    if (exit?.status !== undefined) return t('ended.status', { status: exit.status });
    return t('ended.closed');
  };
  const detail = failure && technicalDetail(failure);
  const isRetrying = state === 'connecting' && failure !== undefined;
  const shownState = waitsForInstance(terminal) ? 'connecting' : state;
  return (
    <div ref={banner} className={classes.ended} data-state={shownState} role="status">
      <StateDot mood={paneMood(terminal)} />
      <p>
        {why()}
        {detail && (
          <span className={classes.detail}>
            {failure?.code} · {plainly(detail, longestDetail)}
          </span>
        )}
      </p>
      {isRetrying && (
        <Button size="row" onClick={reconnect}>
          {t('tryNow')}
        </Button>
      )}
      {reconnectable && (
        <Button look="main" size="row" onClick={reconnect}>
          {t('reconnect')} {active && <kbd className={classes.key}>Enter</kbd>}
        </Button>
      )}
    </div>
  );
}
