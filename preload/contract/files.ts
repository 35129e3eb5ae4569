/** Files of an instance over SFTP: directories, changes, editing in place, and transfers that survive a broken line. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result, stream } from './define.ts';
import type { Failure } from './errors.ts';
import { instanceKeySchema } from './instances.ts';

export type FileKind = 'file' | 'directory' | 'link' | 'other';

/** Names are the server's: hostile text. */
export interface FileEntry {
  /** Bytes that are not UTF-8 stand in it as lone surrogates U+DC80 to U+DCFF, and are the same bytes again on the way back. */
  readonly name: string;
  readonly kind: FileKind;
  /** What a link leads to; `kind` absent: nowhere. */
  readonly link?: { readonly path: string; readonly kind?: FileKind };
  /** Bytes. */
  readonly size: number;
  readonly modifiedAt: string;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  readonly owner: string;
  readonly group: string;
  /** What the server says is no file's name (`..`, one with `/`): it is shown and cannot be touched. */
  readonly unreachable?: true;
}

export interface Directory {
  /** Absolute, as the server says. */
  readonly path: string;
  readonly entries: readonly FileEntry[];
  /** There are more than are shown. */
  readonly truncated?: true;
}

/** Tells two states of a file apart. */
export interface FileVersion {
  readonly size: number;
  readonly modifiedAt: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
}

export type ConflictChoice = 'overwrite' | 'skip' | 'keep-both' | 'resume';

/** One order to move files: a file or a whole tree. */
export interface Transfer {
  readonly id: string;
  readonly instance: string;
  readonly instanceName: string;
  readonly direction: 'upload' | 'download';
  /** The first item's name; hostile text. */
  readonly name: string;
  /** The directory on the instance. */
  readonly directory: string;
  readonly state: /** Others of the instance go first. */
    | 'queued'
    | 'preparing'
    | 'running'
    /** By the operator; or, with a `failure`, until the operator has mended that and goes on. */
    | 'paused'
    /** The line broke; it goes on by itself. */
    | 'waiting'
    /** Something of that name is there already: `conflict` says what. */
    | 'conflict'
    /** The page that holds the files is gone. */
    | 'stalled'
    | 'done'
    | 'failed'
    | 'cancelled';
  readonly conflict?: {
    readonly path: string;
    readonly there: { readonly size: number; readonly modifiedAt: string };
    readonly ours: { readonly size: number; readonly modifiedAt: string };
    readonly choices: readonly ConflictChoice[];
    /** Conflicts left, this one included. */
    readonly remaining: number;
  };
  readonly failure?: Failure;
  /** Items that were left out, each with its reason; at most the first 20. */
  readonly problems: readonly { readonly path: string; readonly failure: Failure }[];
  readonly items: number;
  readonly itemsDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly bytesPerSecond: number;
  /** Absent while nobody can tell. */
  readonly secondsLeft?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** A file of a transfer, as a page sends or receives it. `path` is relative to the transfer's directory, `/` between. */
export interface TransferItem {
  readonly index: number;
  readonly path: string;
  readonly kind: 'file' | 'directory';
  readonly size: number;
  readonly modifiedAt: string;
}

const instance = instanceKeySchema;
/** No path has a NUL in it, and a server may end over one, and every transfer with it. */
const plain = z.string().regex(/^[^\0]*$/);
/** Absolute on the instance; empty: the home directory. */
const path = plain.max(4096);
const fullPath = plain.min(1).max(4096);
const transfer = z.string().max(64);
const mode = z.int().min(0).max(0o7777);
const time = z.iso.datetime();
const choice = z.enum(['overwrite', 'skip', 'keep-both', 'resume']);
const announcedItems = z
  .array(
    z.strictObject({
      path: fullPath,
      kind: z.enum(['file', 'directory']),
      size: z.int().min(0),
      modifiedAt: time,
    }),
  )
  .min(1)
  .max(5000);

export const files = {
  list: call(z.strictObject({ instance, path }), result<Directory>()),
  makeDirectory: call(z.strictObject({ instance, path: fullPath }), result<null>()),
  /** @throws conflict `file-exists` when something is there; nothing is written over */
  rename: call(z.strictObject({ instance, from: fullPath, to: fullPath }), result<null>()),
  /** Directories with all that is in them; links are removed, not followed. Cancellable between items. */
  remove: call(
    z.strictObject({ instance, paths: z.array(fullPath).min(1).max(10_000) }),
    result<{ readonly removed: number }>(),
  ),
  setMode: call(
    z.strictObject({ instance, path: fullPath, mode, recursive: z.boolean() }),
    result<null>(),
  ),
  /** A text to be edited, up to 2 MiB. @throws unsupported `file-not-text`, `file-too-large-to-edit` */
  read: call(
    z.strictObject({ instance, path: fullPath }),
    result<{ readonly text: string; readonly version: FileVersion; readonly writable: boolean }>(),
  ),
  /** Writes only over the version that was read, whole or not at all. Version null: over whatever is there. */
  write: call(
    z.strictObject({
      instance,
      path: fullPath,
      text: z.string().max(2 * 1024 * 1024),
      version: z
        .strictObject({ size: z.int().min(0), modifiedAt: time, hash: z.string().length(64) })
        .nullable(),
    }),
    result<
      | { readonly kind: 'written'; readonly version: FileVersion }
      /** Somebody else changed it; nothing was written. */
      | { readonly kind: 'changed-meanwhile'; readonly version: FileVersion }
    >(),
  ),

  /** Every transfer, ended ones until they are dismissed. */
  transfers: call(z.strictObject({}), result<Snapshot<Transfer>>()),
  /**
   * Announces files the page holds; parents come before what is in them. With `more` the rest follows by `announce`,
   * as a page frame holds only so much. The page then opens `sendFile` for each file that is asked for.
   */
  upload: call(
    z.strictObject({ instance, directory: path, items: announcedItems, more: z.boolean() }),
    result<Transfer>(),
  ),
  /** More items of an upload, counted on from the last one. */
  announce: call(
    z.strictObject({ transfer, items: announcedItems, more: z.boolean() }),
    result<null>(),
  ),
  /**
   * The next file the transfer wants of the page, from which byte on; resolves when there is one, or with `end`.
   * Waits while the transfer is paused, in conflict, or without a line. Several may wait at once: each gets another file.
   */
  nextToSend: call(
    z.strictObject({ transfer }),
    result<
      | { readonly kind: 'send'; readonly index: number; readonly from: number }
      | { readonly kind: 'end' }
    >(),
  ),
  /**
   * The page sends the file's bytes from `from` on; the stream ends without a failure when all of them are written there.
   * A page that ends it before could not read the file: that item is left out. After a failure `nextToSend` says what to do.
   * `from` lies a little before what is there already: those bytes are compared, and the file starts anew if they differ.
   */
  sendFile: stream(
    z.strictObject({ transfer, index: z.int().min(0), from: z.int().min(0) }),
    result<null>(),
  ),
  /** Looks at everything under the paths. To this machine's own disk, where the host can lend a folder, else to the page. */
  download: call(
    z.strictObject({
      instance,
      directory: path,
      names: z.array(plain.min(1).max(1024)).min(1).max(10_000),
    }),
    result<
      | { readonly kind: 'to-disk'; readonly transfer: Transfer }
      | { readonly kind: 'to-page'; readonly transfer: Transfer }
      | { readonly kind: 'called-off' }
    >(),
  ),
  /** What a download to the page consists of; resolves when everything was looked at. */
  items: call(z.strictObject({ transfer }), result<readonly TransferItem[]>()),
  /**
   * Answers with the file's size now; the bytes from `from` on follow as the page grants, and the stream ends after the last.
   * Waits while the transfer is paused or without a line. After a failure that is `retryable` the page asks again from where it is.
   * @throws conflict `file-changed-meanwhile` when it is not what the earlier bytes came from: the page starts it anew, from 0
   */
  receiveFile: stream(
    z.strictObject({ transfer, index: z.int().min(0), from: z.int().min(0) }),
    result<{ readonly size: number }>(),
  ),
  /** Open as long as the page takes the download, and until all of it is in its place; resolves when the transfer has ended. */
  attend: call(z.strictObject({ transfer }), result<null>()),
  /**
   * The page has written all it asked for where the operator wants it: only then is its download done.
   * @throws conflict `transfer-not-asked` while items are left, or once it has ended
   */
  received: call(z.strictObject({ transfer }), result<null>()),
  pause: call(z.strictObject({ transfer }), result<null>()),
  resume: call(z.strictObject({ transfer }), result<null>()),
  cancel: call(z.strictObject({ transfer }), result<null>()),
  /**
   * @param path of the conflict that was shown: another page may have answered that one meanwhile
   * @throws conflict `transfer-no-conflict` when another one, or none, is asked about by now
   */
  resolve: call(
    z.strictObject({ transfer, path: z.string().max(16_384), choice, forAll: z.boolean() }),
    result<null>(),
  ),
  /** Takes an ended transfer off the list. */
  dismiss: call(z.strictObject({ transfer }), result<null>()),
  transfersChanged: event<Delta<Transfer>>(),
};
