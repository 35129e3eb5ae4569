/** What can be done in the directory that is shown: by buttons, the menu, keys and drops alike. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import type { FileEntry } from '../../preload/contract/files.ts';
import { useClient } from '../client/context.ts';
import { useView } from '../shell/view-context.ts';
import { targetKind } from './directory-rows.ts';
import { chosenItems, droppedItems } from './local-items.ts';
import type { Place } from './place.ts';
import { joinPath, parentPath } from './remote-path.ts';
import { selectOne } from './selection.ts';
import { usePageTransfers } from './transfers-context.tsx';
import { useReadAgain } from './use-directory.ts';

/** A dialog that is open, and what it is about. */
export type FileQuestion =
  | { readonly kind: 'remove' | 'mode' | 'move'; readonly entries: readonly FileEntry[] }
  | { readonly kind: 'edit'; readonly entry: FileEntry }
  | { readonly kind: 'new-folder' };

export interface FileActions {
  readonly place: Place;
  readonly asked: FileQuestion | undefined;
  ask(question: FileQuestion | undefined): void;
  /** Into a directory, or a file into the editor. */
  open(entry: FileEntry): void;
  up(): void;
  /** Gives an entry of the directory another name. */
  rename(entry: FileEntry, name: string): void;
  download(entries: readonly FileEntry[]): void;
  /** @param into a directory in the one that is shown; absent: that one itself */
  uploadChosen(files: Iterable<File>): void;
  uploadDropped(dropped: DataTransfer, into: FileEntry | undefined): void;
  /** Of the entries, or of the directory itself where there are none. */
  copyPaths(entries: readonly FileEntry[]): void;
  readAgain(): Promise<void>;
}

/** Names in one order; what is in their directories does not count. */
const mostDownloaded = 10_000;

export function useFileActions(place: Place): FileActions {
  const { t } = useTranslation('files');
  const client = useClient();
  const { useFilesView, useToasts } = useView();
  const transfers = usePageTransfers();
  const readAgain = useReadAgain(place.instance);
  const [asked, ask] = useState<FileQuestion>();

  return useMemo(() => {
    const { instance, path } = place;
    const { visit, select } = useFilesView.getState();
    const { say } = useToasts.getState();

    const rename = async (entry: FileEntry, name: string) => {
      const from = joinPath(path, entry.name);
      try {
        await client.call('files.rename', { instance, from, to: joinPath(path, name) });
        await readAgain();
        select(selectOne(name));
      } catch (failure) {
        if (!(failure instanceof CloudError)) throw failure;
        say({ kind: 'failed', title: t('failures.rename'), failure });
      }
    };
    const copy = async (texts: readonly string[]) => {
      await navigator.clipboard.writeText(texts.join('\n'));
      say({ kind: 'done', text: t('pathsCopied', { count: texts.length }) });
    };

    return {
      place,
      asked,
      ask,
      open(entry) {
        if (entry.unreachable) return;
        const kind = targetKind(entry);
        if (kind === 'directory') visit({ instance, path: joinPath(path, entry.name) });
        else if (kind === 'file') ask({ kind: 'edit', entry });
      },
      up() {
        const parent = parentPath(path);
        if (parent !== undefined) visit({ instance, path: parent }, path.split('/').at(-1));
      },
      rename: (entry, name) => void rename(entry, name),
      download(entries) {
        const [first] = entries;
        if (!first) return;
        if (entries.length > mostDownloaded) {
          const rule = { id: 'files-too-many', params: { most: mostDownloaded } };
          const failure = { code: 'invalid', message: rule.id, rule } as const;
          say({ kind: 'failed', title: t('failures.download'), failure });
          return;
        }
        transfers.download(instance, path, {
          names: entries.map(({ name }) => name),
          single: entries.length === 1 && targetKind(first) === 'file',
        });
      },
      uploadChosen: (files) => transfers.upload(instance, path, chosenItems(files)),
      uploadDropped: (dropped, into) =>
        transfers.upload(instance, into ? joinPath(path, into.name) : path, droppedItems(dropped)),
      copyPaths: (entries) =>
        void copy(
          entries.length > 0 ? entries.map(({ name }) => joinPath(path, name)) : [path],
        ).catch(() => {}),
      readAgain,
    };
  }, [place, asked, client, useFilesView, useToasts, transfers, readAgain, t]);
}
