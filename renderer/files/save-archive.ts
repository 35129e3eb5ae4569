/** Several files saved as one archive, made while they come: for browsers that lend no folder. */
import { makeZip } from 'client-zip';
import { type SavePlace, saveBlob } from './save-place.ts';

/** Files come side by side and stand in the archive one after the other: so many bytes of each wait for their turn. */
const waitingBytes = 1024 * 1024;
const filesAtOnce = 16;

interface ArchiveEntry {
  readonly name: string;
  readonly lastModified?: Date;
  readonly input?: ReadableStream<Uint8Array>;
}

/** @param save what becomes of the archive once it is whole */
export function createArchivePlace(
  archiveName: string,
  save: (name: string, blob: Blob) => void = saveBlob,
): SavePlace {
  const entries = new TransformStream<ArchiveEntry, ArchiveEntry>(undefined, {
    highWaterMark: Number.POSITIVE_INFINITY,
  });
  const add = entries.writable.getWriter();
  // An entry is taken when its turn comes; whoever adds one does not wait for that.
  const enter = (entry: ArchiveEntry) => {
    add.write(entry).catch(() => {});
  };
  const archive = new Response(makeZip(allOf(entries.readable))).blob();
  // Looked at when the last file is in; a failure before belongs to whoever writes.
  archive.catch(() => {});
  return {
    filesAtOnce,
    taken: async () => [],
    async directory(path) {
      enter({ name: `${path}/` });
    },
    async file(path, modifiedAt) {
      const bytes = new TransformStream<Uint8Array, Uint8Array>(undefined, {
        highWaterMark: waitingBytes,
        size: (piece) => piece.byteLength,
      });
      const writer = bytes.writable.getWriter();
      enter({ name: path, lastModified: new Date(modifiedAt), input: bytes.readable });
      return {
        async write(piece) {
          await writer.ready;
          // Waited for is room, not its turn in the archive; what fails shows when the file is closed.
          writer.write(piece).catch(() => {});
        },
        restart: () =>
          Promise.reject(new Error('a file changed while it was put into the archive')),
        close: () => writer.close(),
        async abort() {
          const notWhole = new Error('a file of the archive is not whole');
          await writer.abort(notWhole);
          throw notWhole;
        },
      };
    },
    async finish() {
      await add.close();
      save(archiveName, await archive);
    },
  };
}

async function* allOf(entries: ReadableStream<ArchiveEntry>) {
  const reader = entries.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.input) yield { ...value, input: value.input };
      else yield { name: value.name };
    }
  } finally {
    // An archive that failed takes no more.
    await reader.cancel();
  }
}
