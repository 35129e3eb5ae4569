/** Search in the pane that has the keyboard: as you type, next, previous; Escape goes back to the shell. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { CloseIcon, SortDownIcon, SortUpIcon } from '../ui/icons.tsx';
import classes from './search-bar.module.css';
import type { TerminalPane } from './terminal-pane.ts';
import { useTerminalPool } from './terminal-pool-context.tsx';

export function SearchBar({ pane }: { readonly pane: TerminalPane }) {
  const { t } = useTranslation('terminal');
  const pool = useTerminalPool();
  const matches = useStore(pane.status, (status) => status.matches);
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);
  useEffect(() => () => pane.endSearch(), [pane]);

  const close = () => {
    pool.dock.setState({ searching: false });
    pane.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Enter') pane.find(text, event.shiftKey ? 'previous' : 'next');
  };
  const search = (next: string) => {
    setText(next);
    if (next) pane.find(next, 'next', true);
    else pane.endSearch();
  };
  return (
    <search className={classes.bar}>
      <input
        ref={field}
        className={classes.field}
        value={text}
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        spellCheck={false}
        onChange={({ target }) => search(target.value)}
        onKeyDown={onKeyDown}
      />
      <output className={classes.count}>
        {text && matches && (matches.of === 0 ? t('search.none') : t('search.count', matches))}
      </output>
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t('search.previous')}
        onClick={() => pane.find(text, 'previous')}
      >
        <SortUpIcon size={13} />
      </Button>
      <Button
        look="quiet"
        size="row"
        square
        aria-label={t('search.next')}
        onClick={() => pane.find(text, 'next')}
      >
        <SortDownIcon size={13} />
      </Button>
      <Button look="quiet" size="row" square aria-label={t('search.close')} onClick={close}>
        <CloseIcon size={12} />
      </Button>
    </search>
  );
}
