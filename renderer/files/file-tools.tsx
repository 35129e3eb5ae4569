/** What can be done here and with what is chosen, as buttons; and how much there is of it. */
import { Menu } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useView } from '../shell/view-context.ts';
import { Button } from '../ui/button.tsx';
import { ChevronIcon, PlusIcon } from '../ui/icons.tsx';
import { useFormats } from '../ui/texts.ts';
import { DownloadIcon, HiddenIcon, UploadIcon } from './file-icons.tsx';
import type { FileCommand } from './file-keys.ts';
import classes from './file-tools.module.css';
import type { UploadChooser } from './upload-chooser.tsx';
import type { FileActions } from './use-file-actions.ts';

interface FileToolsProps {
  readonly rows: readonly FileEntry[] | undefined;
  readonly chosen: readonly FileEntry[];
  readonly actions: FileActions;
  readonly chooser: UploadChooser;
  readonly run: (command: FileCommand) => void;
}

export function FileTools({ rows, chosen, actions, chooser, run }: FileToolsProps) {
  const { t } = useTranslation('files');
  const { useFilesView } = useView();
  const hidden = useFilesView((view) => view.hidden);
  const showHidden = useFilesView((view) => view.showHidden);
  const reachable = chosen.filter(({ unreachable }) => !unreachable);
  const unread = rows ? undefined : t('notRead');
  const none =
    unread ??
    (reachable.length > 0 ? undefined : t(chosen.length > 0 ? 'unreachable' : 'chooseFirst'));
  const several = none ?? (reachable.length === 1 ? undefined : t('chooseOne'));
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('tools')}>
      <Menu position="bottom-start" width={190} disabled={unread !== undefined}>
        <Menu.Target>
          <Button look="main" reason={unread}>
            <UploadIcon size={14} />
            {t('upload')}
            <span className={classes.down}>
              <ChevronIcon size={11} />
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={chooser.files}>{t('menu.upload')}</Menu.Item>
          <Menu.Item onClick={chooser.folder}>{t('menu.uploadFolder')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button reason={unread} onClick={() => actions.ask({ kind: 'new-folder' })}>
        <PlusIcon size={13} />
        {t('menu.newFolder')}
      </Button>
      <span className={classes.gap} />
      <Button reason={none} onClick={() => actions.download(reachable)}>
        <DownloadIcon size={14} />
        {t('download')}
      </Button>
      <span className={classes.wide}>
        <Button reason={several} onClick={() => run('rename')}>
          {t('menu.rename')}
        </Button>
        <Button reason={none} onClick={() => actions.ask({ kind: 'mode', entries: reachable })}>
          {t('mode.title')}
        </Button>
      </span>
      <Button look="danger" reason={none} onClick={() => run('remove')}>
        {t('menu.remove')}
      </Button>
      <span className={classes.end}>
        {rows && <Summary rows={rows} chosen={chosen} />}
        <Button
          look="quiet"
          square
          aria-pressed={hidden}
          aria-label={t('menu.showHidden')}
          title={t(hidden ? 'menu.hideHidden' : 'menu.showHidden')}
          onClick={() => showHidden(!hidden)}
        >
          <span className={classes.toggle} data-on={hidden || undefined}>
            <HiddenIcon />
          </span>
        </Button>
      </span>
    </div>
  );
}

interface SummaryProps {
  readonly rows: readonly FileEntry[];
  readonly chosen: readonly FileEntry[];
}

function Summary({ rows, chosen }: SummaryProps) {
  const { t } = useTranslation('files');
  const formats = useFormats();
  const sizes = useMemo(() => [sizeOf(chosen), sizeOf(rows)] as const, [rows, chosen]);
  return (
    <span className={classes.summary} aria-live="polite">
      {chosen.length > 0
        ? t('chosenOf', {
            chosen: formats.count(chosen.length),
            count: rows.length,
            all: formats.count(rows.length),
            size: formats.bytes(sizes[0]),
          })
        : t('itemsAndSize', {
            count: rows.length,
            all: formats.count(rows.length),
            size: formats.bytes(sizes[1]),
          })}
    </span>
  );
}

/** Of files only: what is in a directory is not known. */
const sizeOf = (entries: readonly FileEntry[]): number =>
  entries.reduce((sum, { kind, size }) => sum + (kind === 'file' ? size : 0), 0);
