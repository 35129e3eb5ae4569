/** A folder of this machine that the operator chose: nothing in it is written over, what has a name of its own gets another. */
import { createHandleWriter, type SavePlace } from './save-place.ts';

const filesAtOnce = 32;

export function createFolderPlace(root: FileSystemDirectoryHandle): SavePlace {
  const folders = new Map<string, Promise<FileSystemDirectoryHandle>>([
    ['', Promise.resolve(root)],
  ]);

  function folderAt(path: string): Promise<FileSystemDirectoryHandle> {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const [parent, name] = splitPath(path);
    const made = folderAt(parent).then((folder) =>
      folder.getDirectoryHandle(name, { create: true }),
    );
    folders.set(path, made);
    return made;
  }

  return {
    filesAtOnce,
    async taken() {
      const names: string[] = [];
      for await (const name of root.keys()) names.push(name);
      return names;
    },
    async directory(path) {
      await folderAt(path);
    },
    async file(path) {
      const [parent, name] = splitPath(path);
      const folder = await folderAt(parent);
      const writer = await createHandleWriter(await folder.getFileHandle(name, { create: true }));
      return {
        ...writer,
        async abort() {
          await writer.abort();
          // The handle made an empty file before its first byte.
          await folder.removeEntry(name).catch(() => {});
        },
      };
    },
    finish: async () => {},
  };
}

function splitPath(path: string): readonly [parent: string, name: string] {
  const cut = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)];
}
