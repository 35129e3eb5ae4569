/** The name of a terminal while it is written: Enter keeps it, Escape does not, nothing at all is the instance's name. */
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terminal } from '../../preload/contract/terminals.ts';
import classes from './dock-tabs.module.css';
import { useTerminalPool } from './terminal-pool-context.tsx';

const longestTitle = 100;

export function RenameField({ terminal }: { readonly terminal: Terminal }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const field = useRef<HTMLInputElement>(null);
  const { id, title } = terminal;

  useEffect(() => {
    // The menu that asked for it gives the focus back first.
    const timer = setTimeout(() => field.current?.select());
    return () => clearTimeout(timer);
  }, []);

  const finish = (next: string, wanted?: string) => {
    // Leaving the page's field again by its removal must not keep what Escape gave up.
    if (pool.dock.getState().renaming !== id) return;
    pool.dock.setState({ renaming: undefined, ...(wanted && { wanted }) });
    if (next !== title) pool.rename(id, next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish(event.currentTarget.value, id);
    if (event.key === 'Escape') finish(title, id);
  };
  return (
    <input
      ref={field}
      className={classes.field}
      defaultValue={title}
      maxLength={longestTitle}
      aria-label={t('menu.rename')}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => finish(currentTarget.value)}
    />
  );
}
