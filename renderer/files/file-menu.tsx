/** The menu of a directory: about what is chosen in it, or about itself where nothing is. */
import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useView } from '../shell/view-context.ts';
import { targetKind } from './directory-rows.ts';
import type { FileCommand } from './file-keys.ts';
import classes from './file-menu.module.css';
import { joinPath } from './remote-path.ts';
import type { UploadChooser } from './upload-chooser.tsx';
import type { FileActions } from './use-file-actions.ts';
import { useTerminalHere } from './use-terminal-here.ts';

interface FileMenuItemsProps {
  readonly chosen: readonly FileEntry[];
  readonly actions: FileActions;
  readonly chooser: UploadChooser;
  readonly run: (command: FileCommand) => void;
}

export function FileMenuItems({ chosen, actions, chooser, run }: FileMenuItemsProps) {
  const { t } = useTranslation('files');
  const openTerminal = useTerminalHere();
  const { instance, path } = actions.place;
  const hidden = useView().useFilesView((view) => view.hidden);
  const showHidden = useView().useFilesView((view) => view.showHidden);
  const reachable = chosen.filter(({ unreachable }) => !unreachable);
  const [only] = reachable.length === 1 ? reachable : [];
  const item = (label: string, act: () => void, key?: string, danger = false) => (
    <Menu.Item
      className={classes.item ?? ''}
      data-danger={danger || undefined}
      rightSection={key && <kbd className={classes.key}>{key}</kbd>}
      onClick={act}
    >
      {label}
    </Menu.Item>
  );
  if (reachable.length > 0) {
    return (
      <>
        {only &&
          targetKind(only) !== undefined &&
          targetKind(only) !== 'other' &&
          item(
            t(targetKind(only) === 'directory' ? 'menu.open' : 'menu.edit'),
            () => actions.open(only),
            'Enter',
          )}
        {only &&
          targetKind(only) === 'directory' &&
          item(t('menu.terminal'), () => openTerminal(instance, joinPath(path, only.name)))}
        {item(t('menu.download'), () => actions.download(reachable))}
        <Menu.Divider />
        {only && item(t('menu.rename'), () => run('rename'), 'F2')}
        {item(t('menu.move'), () => actions.ask({ kind: 'move', entries: reachable }))}
        {item(t('menu.mode'), () => actions.ask({ kind: 'mode', entries: reachable }))}
        {item(only ? t('menu.copyPath') : t('menu.copyPaths', { number: reachable.length }), () =>
          run('copy-paths'),
        )}
        <Menu.Divider />
        {item(t('menu.remove'), () => run('remove'), 'Del', true)}
      </>
    );
  }
  return (
    <>
      {item(t('menu.upload'), chooser.files)}
      {item(t('menu.uploadFolder'), chooser.folder)}
      {item(t('menu.newFolder'), () => actions.ask({ kind: 'new-folder' }))}
      <Menu.Divider />
      {item(t('menu.refresh'), () => run('refresh'), 'F5')}
      {item(t(hidden ? 'menu.hideHidden' : 'menu.showHidden'), () => showHidden(!hidden))}
      {item(t('menu.copyDirectory'), () => run('copy-paths'))}
      {item(t('menu.terminal'), () => openTerminal(instance, path))}
    </>
  );
}
