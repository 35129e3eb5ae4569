/** From what a server says of a file to what is shown of it. */
import type { FileEntry, FileKind } from '../../../preload/contract/files.ts';
import { isName } from './file-paths.ts';
import type { NamedEntry } from './sftp.ts';
import type { Attributes } from './sftp-packet.ts';

/** The upper bits of `st_mode`. */
const kinds: ReadonlyMap<number, FileKind> = new Map([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'link'],
]);

export const kindOf = ({ mode }: Attributes): FileKind =>
  kinds.get((mode ?? 0) & 0o170000) ?? 'other';

export const permissionsOf = ({ mode }: Attributes): number => (mode ?? 0) & 0o7777;

export const timeOf = ({ modifiedAt }: Attributes): string =>
  new Date((modifiedAt ?? 0) * 1000).toISOString();

/** Seconds, the finest the protocol has. */
export const secondsOf = (time: string): number =>
  Math.min(Math.max(Math.floor(Date.parse(time) / 1000), 0), 0xffff_ffff);

/** `-rw-r--r--    1 alice    users    12 …`: names where the server knows them, which numbers alone do not tell. */
const longLine = /^[-\w?][-\w?]{9}\S?\s+\d+\s+(\S+)\s+(\S+)\s+\d/;

export function entryOf({ name, line, attributes }: NamedEntry): FileEntry {
  const [, owner, group] = longLine.exec(line) ?? [];
  return {
    name,
    kind: kindOf(attributes),
    size: attributes.size ?? 0,
    modifiedAt: timeOf(attributes),
    mode: permissionsOf(attributes),
    owner: owner ?? String(attributes.userId ?? ''),
    group: group ?? String(attributes.groupId ?? ''),
    ...(!isName(name) && { unreachable: true }),
  };
}
