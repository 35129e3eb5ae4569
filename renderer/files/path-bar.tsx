/** Where one is: back, forward and up, the way down from the root to press on, or a path to type. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { RefreshIcon } from '../ui/icons.tsx';
import { plainly } from '../ui/plain-text.tsx';
import { BackIcon, ForwardIcon, UpIcon } from './file-icons.tsx';
import { shownName } from './file-name.tsx';
import classes from './path-bar.module.css';
import type { Place } from './place.ts';
import { parentPath, pathCrumbs, typedPath } from './remote-path.ts';

interface PathBarProps {
  /** With the path the server told, once it has. */
  readonly place: Place;
  readonly reading: boolean;
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
  readonly onUp: () => void;
  readonly onRefresh: () => void;
}

const longestTitle = 1000;

export function PathBar({ place, reading, editing, onEdit, onUp, onRefresh }: PathBarProps) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const canGoBack = useFilesView(({ back }) => back.length > 0);
  const canGoForward = useFilesView(({ forward }) => forward.length > 0);
  const { goBack, goForward } = useFilesView.getState();
  const tool = (label: string, disabled: boolean, run: () => void, picture: ReactNode) => (
    <Button look="quiet" square aria-label={label} disabled={disabled} onClick={run}>
      {picture}
    </Button>
  );
  return (
    <div className={classes.bar}>
      {tool(t('back'), !canGoBack, goBack, <BackIcon />)}
      {tool(t('forward'), !canGoForward, goForward, <ForwardIcon />)}
      {tool(t('up'), parentPath(place.path) === undefined, onUp, <UpIcon />)}
      <span className={classes.refresh} data-reading={reading || undefined}>
        {tool(t('refresh'), false, onRefresh, <RefreshIcon size={15} />)}
      </span>
      {editing ? (
        <PathField place={place} onDone={() => onEdit(false)} />
      ) : (
        <Crumbs place={place} onEdit={() => onEdit(true)} />
      )}
    </div>
  );
}

function Crumbs({ place, onEdit }: { readonly place: Place; readonly onEdit: () => void }) {
  const { t } = useTranslation('files');
  const visit = useView().useFilesView((view) => view.visit);
  const end = useRef<HTMLButtonElement>(null);
  const { instance, path } = place;
  const crumbs = path === '' ? [] : pathCrumbs(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of a long path the end is what is looked for
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest', inline: 'end' });
  }, [path]);
  return (
    <nav className={classes.path} aria-label={t('path')} title={plainly(path, longestTitle)}>
      <ol className={classes.crumbs}>
        {crumbs.map((crumb, at) => (
          <li key={crumb.path}>
            <button
              type="button"
              className={classes.crumb}
              aria-current={at === crumbs.length - 1 ? 'location' : undefined}
              onClick={() => visit({ instance, path: crumb.path }, crumbs[at + 1]?.name)}
            >
              {shownName(crumb.name)}
            </button>
          </li>
        ))}
      </ol>
      <button ref={end} type="button" className={classes.edit} onClick={onEdit}>
        <span className="hidden-text">{t('editPath')}</span>
      </button>
    </nav>
  );
}

function PathField({ place, onDone }: { readonly place: Place; readonly onDone: () => void }) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(place.path);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onDone();
    if (event.key !== 'Enter') return;
    const { homes, visit } = useFilesView.getState();
    const { instance } = place;
    visit({ instance, path: typedPath(text, place.path, homes.get(instance)) });
    onDone();
  };
  return (
    <input
      ref={field}
      className={classes.field}
      aria-label={t('path')}
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={onDone}
    />
  );
}
