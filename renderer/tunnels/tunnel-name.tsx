/** What a tunnel is called and of what kind it is; its name is written in place. */
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { PlainText } from '../ui/plain-text.tsx';
import classes from './tunnel-name.module.css';
import { useTunnelTools } from './tunnel-tools.ts';

const longestName = 100;

export function TunnelName({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const { useDesk } = useTunnelTools();
  const renaming = useDesk(({ renaming: id }) => id === tunnel.id);
  const { kind, name, instanceName, startsWithApp } = tunnel;
  return (
    <span className={classes.name}>
      {renaming ? <NameField tunnel={tunnel} /> : <PlainText text={name || instanceName} strong />}
      <span className={classes.kind}>
        <span title={t(`kinds.${kind}.what`)}>{t(`kinds.${kind}.short`)}</span>
        {name !== '' && (
          <>
            {' · '}
            <PlainText text={instanceName} />
          </>
        )}
      </span>
      {startsWithApp && (
        <span className={classes.starts} title={t('startsWithAppWhat')}>
          {t('startsWithApp')}
        </span>
      )}
    </span>
  );
}

function NameField({ tunnel }: { readonly tunnel: Tunnel }) {
  const { t } = useTranslation('tunnels');
  const { useDesk, actions } = useTunnelTools();
  const rename = useDesk((desk) => desk.rename);
  const [text, setText] = useState(tunnel.name);
  const ended = useRef(false);

  const end = (keep: boolean, field: HTMLElement) => {
    if (ended.current) return;
    ended.current = true;
    const name = text.trim();
    if (keep && name !== tunnel.name) actions.change(tunnel, { name });
    const row = field.closest('[role="row"]');
    rename(undefined);
    // Back to where the key was pressed, or the keyboard is left nowhere.
    if (row instanceof HTMLElement && document.activeElement === field) row.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') end(true, event.currentTarget);
    else if (event.key === 'Escape') end(false, event.currentTarget);
  };
  return (
    <input
      className={classes.field}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
      autoFocus
      aria-label={t('rename.name')}
      placeholder={tunnel.instanceName}
      maxLength={longestName}
      value={text}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget }) => end(true, currentTarget)}
    />
  );
}
