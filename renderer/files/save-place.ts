/** A place on this machine that a download is written to, and the two ways the browser has for it. */

export interface SaveWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Takes back what was written. */
  restart(): Promise<void>;
  close(): Promise<void>;
  /** Leaves nothing of the file behind. @throws where that cannot be, so that the whole is spoilt */
  abort(): Promise<void>;
}

/** Paths are relative, made of names this machine can take. */
export interface SavePlace {
  /** Files that may be written at the same time. */
  readonly filesAtOnce: number;
  /** Names that are there already and must not be written over. */
  taken(): Promise<readonly string[]>;
  directory(path: string): Promise<void>;
  file(path: string, modifiedAt: string): Promise<SaveWriter>;
  /** Every file is closed. */
  finish(): Promise<void>;
}

/** What is written takes the file's place when it is closed, and not before. */
export async function createHandleWriter(handle: FileSystemFileHandle): Promise<SaveWriter> {
  const writable = await handle.createWritable();
  return {
    write: (bytes) => writable.write(bytes),
    async restart() {
      await writable.truncate(0);
      await writable.seek(0);
    },
    close: () => writable.close(),
    // One that failed is aborted already.
    abort: () => writable.abort().catch(() => {}),
  };
}

/** Gives a blob to the browser to be saved. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it began.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
