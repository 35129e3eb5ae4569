/** Where a download ends on this machine: a file or a folder the operator chose, else what the browser saves by itself. */
import { localName } from './local-names.ts';
import { createArchivePlace } from './save-archive.ts';
import { createFolderPlace } from './save-folder.ts';
import { createHandleWriter, type SavePlace, saveBlob } from './save-place.ts';

export interface SaveWish {
  readonly names: readonly string[];
  /** One file, and not a folder nor several things. */
  readonly single: boolean;
}

/** The part of the File System Access API that only some browsers have. */
interface FilePickers {
  showSaveFilePicker?(options: { suggestedName: string }): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: {
    id: string;
    mode: 'readwrite';
  }): Promise<FileSystemDirectoryHandle>;
}

/** Asks the operator where to; call it from a press, as the browser opens its dialog only then. */
export async function chooseSavePlace(
  { names, single }: SaveWish,
  pickers: FilePickers = window as FilePickers,
): Promise<SavePlace | 'called-off'> {
  const [first = 'download'] = names.map(localName);
  try {
    if (single && pickers.showSaveFilePicker) {
      return createFilePlace(await pickers.showSaveFilePicker({ suggestedName: first }));
    }
    if (!single && pickers.showDirectoryPicker) {
      const folder = await pickers.showDirectoryPicker({
        id: 'pilothouse-files',
        mode: 'readwrite',
      });
      return createFolderPlace(folder);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return 'called-off';
    throw error;
  }
  return automaticPlace({ names, single });
}

/** Where the browser saves by itself: one file as it is, several in an archive. */
export function automaticPlace({ names, single }: SaveWish): SavePlace {
  const [first = 'download'] = names.map(localName);
  if (single) return createBlobPlace(first);
  return createArchivePlace(names.length === 1 ? `${first}.zip` : 'download.zip');
}

function createFilePlace(handle: FileSystemFileHandle): SavePlace {
  return {
    filesAtOnce: 1,
    taken: async () => [],
    directory: async () => {},
    file: () => createHandleWriter(handle),
    finish: async () => {},
  };
}

/** Bytes put together in one blob, which a browser may keep on disk. */
const blobPartBytes = 16 * 1024 * 1024;

function createBlobPlace(name: string): SavePlace {
  let blobs: Blob[] = [];
  let part: Uint8Array<ArrayBuffer>[] = [];
  let partBytes = 0;
  const fold = () => {
    blobs.push(new Blob(part));
    part = [];
    partBytes = 0;
  };
  return {
    filesAtOnce: 1,
    taken: async () => [],
    directory: async () => {},
    file: async () => ({
      async write(bytes) {
        part.push(bytes);
        partBytes += bytes.length;
        if (partBytes >= blobPartBytes) fold();
      },
      async restart() {
        blobs = [];
        part = [];
      },
      async close() {
        fold();
        saveBlob(name, new Blob(blobs));
        blobs = [];
      },
      async abort() {
        blobs = [];
        part = [];
      },
    }),
    finish: async () => {},
  };
}
