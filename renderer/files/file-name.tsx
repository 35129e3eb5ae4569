/** A name of an instance as it is: no character hidden, blanks at its ends visible, its place in the line kept to itself. */
import type { FileEntry } from '../../preload/contract/files.ts';
import { plainly } from '../ui/plain-text.tsx';
import { targetKind } from './directory-rows.ts';
import {
  DirectoryIcon,
  FileIcon,
  LinkedDirectoryIcon,
  LinkedFileIcon,
  OddFileIcon,
} from './file-icons.tsx';
import classes from './file-name.module.css';

const longestShown = 400;

/** Control and direction characters as a dot, blanks at either end as an open box, bytes that are no UTF-8 by their number. */
export function shownName(name: string): string {
  return plainly(name, longestShown)
    .replace(/^ +| +$/g, (blanks) => '\u2423'.repeat(blanks.length))
    .replace(/\p{Surrogate}/gu, (half) => `\\x${(half.charCodeAt(0) & 0xff).toString(16)}`);
}

export function FileName({ entry }: { readonly entry: FileEntry }) {
  const shown = shownName(entry.name);
  return (
    <span className={classes.name} data-kind={targetKind(entry) ?? 'nowhere'}>
      <EntryIcon entry={entry} />
      <span className={classes.text} title={shown}>
        {shown}
      </span>
    </span>
  );
}

function EntryIcon({ entry }: { readonly entry: FileEntry }) {
  const kind = targetKind(entry);
  const isLink = entry.kind === 'link';
  if (kind === 'directory') return isLink ? <LinkedDirectoryIcon /> : <DirectoryIcon />;
  if (kind === 'file') return isLink ? <LinkedFileIcon /> : <FileIcon />;
  return isLink ? <LinkedFileIcon /> : <OddFileIcon />;
}
