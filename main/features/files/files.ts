/** Calls on the files of an instance. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../core/router.ts';
import { makeDirectory, removeTree, rename, setMode } from './changes.ts';
import { listDirectory } from './directory.ts';
import { nameOf, parentOf, resolvePath } from './file-paths.ts';
import type { Lines } from './lines.ts';
import type { PartNames } from './part-names.ts';
import { eachOf } from './several-at-once.ts';
import type { Sftp } from './sftp.ts';
import { readText, writeBack } from './text-file.ts';
import { untilAborted } from './until-aborted.ts';

type FileHandlers = Pick<
  Handlers,
  | 'files.list'
  | 'files.makeDirectory'
  | 'files.rename'
  | 'files.remove'
  | 'files.setMode'
  | 'files.read'
  | 'files.write'
>;

/** Each may be a tree, of which one directory is open at any moment. */
const pathsAtOnce = 16;

export function fileHandlers(lines: Lines, partNames: PartNames): FileHandlers {
  /** A server that never answers holds up nobody who gave up. */
  const use = <Value>(
    instance: string,
    signal: AbortSignal,
    work: (sftp: Sftp) => Promise<Value>,
  ): Promise<Value> => untilAborted(lines.use(instance, signal, work), signal);

  return {
    'files.list': ({ instance, path }, signal) =>
      use(instance, signal, async (sftp) =>
        listDirectory(sftp, await resolvePath(sftp, path), signal),
      ),
    'files.makeDirectory': ({ instance, path }, signal) =>
      use(instance, signal, async (sftp) => {
        await makeDirectory(sftp, path);
        return null;
      }),
    'files.rename': ({ instance, from, to }, signal) =>
      use(instance, signal, async (sftp) => {
        await rename(sftp, from, to);
        return null;
      }),
    'files.remove': ({ instance, paths }, signal) =>
      use(instance, signal, async (sftp) => {
        const root = paths.find((path) => /^\/+$|(^|\/)\.{1,2}\/*$/.test(path));
        if (root !== undefined) throw refusal('forbidden', 'file-root', { path: root });
        let removed = 0;
        await eachOf(paths, pathsAtOnce, signal, async (path) => {
          const gone = await removeTree(sftp, path, signal);
          removed += gone;
        });
        return { removed };
      }),
    'files.setMode': ({ instance, path, mode, recursive }, signal) =>
      use(instance, signal, async (sftp) => {
        await setMode(sftp, path, mode, recursive, signal);
        return null;
      }),
    'files.read': ({ instance, path }, signal) =>
      use(instance, signal, (sftp) => readText(sftp, path, signal)),
    'files.write': ({ instance, path, text, version }, signal) =>
      use(instance, signal, (sftp) => {
        const claim = (target: string) =>
          partNames.claim({ instance, directory: parentOf(target), name: nameOf(target) }, []);
        return writeBack(sftp, path, text, version, claim, signal);
      }),
  };
}
