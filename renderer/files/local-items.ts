/** Files and folders chosen or dropped by the operator, looked through as they are needed, parents before what is in them. */

/** A file, or a folder that may be empty. */
export type LocalItem =
  | { readonly kind: 'file'; readonly path: string; readonly file: File }
  | { readonly kind: 'directory'; readonly path: string };

/** What could not be read here: however many there are, the first are named. */
export interface Unreadable {
  readonly count: number;
  readonly firstPaths: readonly string[];
}

export interface LocalItems {
  readonly items: AsyncIterable<LocalItem>;
  /** Known once all were looked through. */
  readonly unreadable: Unreadable;
}

const mostNamed = 3;

/** What a file chooser gave; of a folder it tells the files only, so that empty ones in it are not seen. */
export function chosenItems(files: Iterable<File>): LocalItems {
  async function* walk(): AsyncIterable<LocalItem> {
    const made = new Set<string>();
    for (const file of files) {
      const path = file.webkitRelativePath || file.name;
      const names = path.split('/');
      for (let depth = 1; depth < names.length; depth += 1) {
        const folder = names.slice(0, depth).join('/');
        if (made.has(folder)) continue;
        made.add(folder);
        yield { kind: 'directory', path: folder };
      }
      yield { kind: 'file', path, file };
    }
  }
  return { items: walk(), unreadable: { count: 0, firstPaths: [] } };
}

/** What was dropped. Call it within the drop event: the browser takes the list back right after. */
export function droppedItems(transfer: DataTransfer): LocalItems {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const firstPaths: string[] = [];
  const unreadable = { count: 0, firstPaths };
  const note = (path: string) => {
    unreadable.count += 1;
    if (firstPaths.length < mostNamed) firstPaths.push(path);
  };
  return { items: walkEntries(entries, '', note), unreadable };
}

async function* walkEntries(
  entries: readonly FileSystemEntry[],
  parent: string,
  noteUnreadable: (path: string) => void,
): AsyncIterable<LocalItem> {
  for (const entry of entries) {
    const path = parent + entry.name;
    try {
      if (entry.isFile) {
        yield { kind: 'file', path, file: await fileOf(entry as FileSystemFileEntry) };
        continue;
      }
    } catch {
      noteUnreadable(path);
      continue;
    }
    yield { kind: 'directory', path };
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A folder tells its entries a hundred at a time, and an empty list at its end.
      const some = await entriesOf(reader).catch(() => {
        noteUnreadable(path);
        return [];
      });
      if (some.length === 0) break;
      yield* walkEntries(some, `${path}/`, noteUnreadable);
    }
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

const entriesOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));
