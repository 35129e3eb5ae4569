/** One directory with all that belongs to it: where it is, what can be done, its entries, and the dialogs it opens. */
import { Menu, TextInput } from '@mantine/core';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../shell/view-context.ts';
import { useFormats } from '../ui/texts.ts';
import {
  DirectoryEmpty,
  DirectoryFailed,
  DirectoryLoading,
  DirectoryStale,
  DirectoryTruncated,
} from './directory-looks.tsx';
import { directoryRows } from './directory-rows.ts';
import { FileDialogs } from './file-dialogs.tsx';
import { FileMenuItems } from './file-menu.tsx';
import { FileTable } from './file-table.tsx';
import { FileTools } from './file-tools.tsx';
import classes from './files-page.module.css';
import { InstancePicker } from './instance-picker.tsx';
import { PathBar } from './path-bar.tsx';
import type { Place } from './place.ts';
import { useUploadChooser } from './upload-chooser.tsx';
import { useDirectory } from './use-directory.ts';
import { useFileActions } from './use-file-actions.ts';
import { useFileCommands } from './use-file-commands.ts';
import { useKeepShown } from './use-keep-shown.ts';
import { isGone } from './use-nearest-parent.ts';

export function DirectoryView({ place }: { readonly place: Place }) {
  const { t } = useTranslation('files');
  const { language } = useFormats();
  const { useFilesView } = useView();
  const { data: read, error, isFetching, refetch } = useDirectory(place);
  // What was read before it went is of no use.
  const data = isGone(error) ? undefined : read;
  const { sort, hidden, filter, selection } = useFilesView();
  const { instance } = place;
  const path = data?.path ?? place.path;
  const here = useMemo(() => ({ instance, path }), [instance, path]);
  const actions = useFileActions(here);
  const table = useRef<HTMLDivElement>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const [editing, setEditing] = useState(false);
  const [menuOpen, setMenuOpen] = useState(false);

  const rows = useMemo(
    () => data && directoryRows(data.entries, { hidden, filter, sort, language }),
    [data, hidden, filter, sort, language],
  );
  const chosen = useMemo(
    () => rows?.filter(({ name }) => selection.names.has(name)) ?? [],
    [rows, selection.names],
  );
  useKeepShown(rows);

  const [chooser, chooserFields] = useUploadChooser(actions.uploadChosen);
  const readAgain = () => void refetch();
  const run = useFileCommands({
    rows: rows ?? [],
    chosen,
    actions,
    refresh: readAgain,
    editPath: () => setEditing(true),
    focusFilter: () => filterField.current?.focus(),
  });
  const focusTable = () => table.current?.focus();
  const isRead = data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: in each directory that is opened, once it was read
  useLayoutEffect(() => {
    // Whatever had the keyboard went with the former directory; a key that is pressed at its sight must not be lost.
    if (isRead && document.activeElement === document.body) table.current?.focus();
  }, [isRead, path]);

  return (
    <div className={classes.view}>
      <div className={classes.head}>
        <InstancePicker chosen={instance} />
        <PathBar
          place={here}
          reading={isFetching}
          editing={editing}
          onEdit={(next) => {
            setEditing(next);
            if (!next) focusTable();
          }}
          onUp={actions.up}
          onRefresh={readAgain}
        />
        <TextInput
          ref={filterField}
          size="xs"
          className={classes.filter ?? ''}
          aria-label={t('filter')}
          placeholder={t('filter')}
          spellCheck={false}
          value={filter}
          onChange={({ currentTarget }) => useFilesView.getState().filterBy(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') useFilesView.getState().filterBy('');
            if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              focusTable();
            }
          }}
        />
      </div>
      <FileTools rows={rows} chosen={chosen} actions={actions} chooser={chooser} run={run} />
      <div className={classes.body}>
        {data && error && <DirectoryStale failure={error} onRetry={readAgain} />}
        {!data && !error && <DirectoryLoading place={place} />}
        {!data && error && <DirectoryFailed place={here} failure={error} onRetry={readAgain} />}
        {data && rows && (
          <>
            <Menu
              width={230}
              position="bottom-start"
              withinPortal
              opened={menuOpen}
              onChange={setMenuOpen}
            >
              <Menu.ContextMenu>
                <div
                  className={classes.view}
                  onKeyDownCapture={(event) => {
                    if (!menuOpen) return;
                    // The menu is seen a moment before it has the keyboard.
                    event.preventDefault();
                    event.stopPropagation();
                    if (event.key === 'Escape') setMenuOpen(false);
                  }}
                >
                  <FileTable rows={rows} actions={actions} run={run} tableRef={table}>
                    {rows.length === 0 && <DirectoryEmpty directory={data} />}
                  </FileTable>
                </div>
              </Menu.ContextMenu>
              <Menu.Dropdown>
                <FileMenuItems chosen={chosen} actions={actions} chooser={chooser} run={run} />
              </Menu.Dropdown>
            </Menu>
            <DirectoryTruncated directory={data} />
          </>
        )}
      </div>
      {chooserFields}
      <FileDialogs actions={actions} />
    </div>
  );
}
