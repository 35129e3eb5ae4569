/** Carries out what a key, a button or the menu asked for. */

import { assertNever } from '../../preload/contract/errors.ts';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useView } from '../shell/view-context.ts';
import type { FileCommand } from './file-keys.ts';
import { nothingSelected, selectAll, toggleName } from './selection.ts';
import type { FileActions } from './use-file-actions.ts';

interface CommandPlace {
  readonly rows: readonly FileEntry[];
  readonly chosen: readonly FileEntry[];
  readonly actions: FileActions;
  refresh(): void;
  editPath(): void;
  focusFilter(): void;
}

export function useFileCommands(place: CommandPlace): (command: FileCommand) => void {
  const { useFilesView } = useView();
  const { rows, chosen, actions } = place;
  return (command) => {
    const { selection, filter, select, rename, filterBy, goBack, goForward } =
      useFilesView.getState();
    const reachable = chosen.filter(({ unreachable }) => !unreachable);
    const current = rows.find(({ name }) => name === selection.cursor);
    switch (command) {
      case 'open':
        if (current) actions.open(current);
        return;
      case 'up':
        actions.up();
        return;
      case 'back':
        goBack();
        return;
      case 'forward':
        goForward();
        return;
      case 'refresh':
        place.refresh();
        return;
      case 'rename': {
        const [only] = reachable.length === 1 ? reachable : [];
        if (only) {
          select({ ...selection, cursor: only.name });
          rename(only.name);
        }
        return;
      }
      case 'remove':
        if (reachable.length > 0) actions.ask({ kind: 'remove', entries: reachable });
        return;
      case 'select-all':
        select(
          selectAll(
            rows.map(({ name }) => name),
            selection,
          ),
        );
        return;
      case 'toggle':
        if (selection.cursor !== undefined) select(toggleName(selection, selection.cursor));
        return;
      case 'let-go':
        if (selection.names.size > 0) select({ ...nothingSelected, cursor: selection.cursor });
        else if (filter !== '') filterBy('');
        return;
      case 'copy-paths':
        actions.copyPaths(reachable);
        return;
      case 'edit-path':
        place.editPath();
        return;
      case 'filter':
        place.focusFilter();
        return;
      default:
        assertNever(command);
    }
  };
}
