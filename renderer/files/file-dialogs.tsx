/** The dialog that is open in a directory, if one is. */
import { EditorDialog } from './editor-dialog.tsx';
import { ModeDialog } from './mode-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { NewFolderDialog } from './new-folder-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import type { FileActions } from './use-file-actions.ts';

export function FileDialogs({ actions }: { readonly actions: FileActions }) {
  const { asked } = actions;
  const close = () => actions.ask(undefined);
  switch (asked?.kind) {
    case undefined:
      return null;
    case 'edit':
      return <EditorDialog actions={actions} entry={asked.entry} onClose={close} />;
    case 'mode':
      return <ModeDialog actions={actions} entries={asked.entries} onClose={close} />;
    case 'move':
      return <MoveDialog actions={actions} entries={asked.entries} onClose={close} />;
    case 'new-folder':
      return <NewFolderDialog actions={actions} onClose={close} />;
    case 'remove':
      return <RemoveDialog actions={actions} entries={asked.entries} onClose={close} />;
  }
}
