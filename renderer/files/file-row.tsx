/** One entry of the directory as a row. */
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../preload/contract/files.ts';
import { plainly } from '../ui/plain-text.tsx';
import { useFormats } from '../ui/texts.ts';
import { type FileColumn, isHidden, targetKind } from './directory-rows.ts';
import { FileName } from './file-name.tsx';
import classes from './file-row.module.css';
import { modeText, octalText } from './mode-bits.ts';

interface FileRowProps {
  readonly id: string;
  readonly entry: FileEntry;
  readonly index: number;
  readonly topPx: number;
  readonly columns: readonly FileColumn[];
  readonly selected: boolean;
  readonly current: boolean;
  /** Files are held above it, to be dropped into it. */
  readonly target: boolean;
  /** Stands for the name while it is being changed. */
  readonly nameField: ReactNode;
}

export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { id, entry, index, topPx, columns, selected, current, target, nameField } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: part of a grid whose focus is the grid's, as rows come and go by scrolling
    <div
      id={id}
      role="row"
      className={classes.row}
      data-index={index}
      data-current={current || undefined}
      data-target={target || undefined}
      data-hidden={isHidden(entry) || undefined}
      data-unreachable={entry.unreachable}
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${topPx}px)` }}
    >
      {columns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
        <div key={column} role="gridcell" className={classes.cell} data-column={column}>
          {column === 'name' && nameField ? nameField : <FileCell entry={entry} column={column} />}
        </div>
      ))}
    </div>
  );
});

function FileCell({ entry, column }: { readonly entry: FileEntry; readonly column: FileColumn }) {
  const formats = useFormats();
  switch (column) {
    case 'name':
      return <NameCell entry={entry} />;
    case 'size':
      return targetKind(entry) === 'directory' ? (
        <span className={classes.nothing}>–</span>
      ) : (
        <span title={`${formats.count(entry.size)} B`}>{formats.bytes(entry.size)}</span>
      );
    case 'modified':
      return (
        <time dateTime={entry.modifiedAt} title={formats.exactTime(entry.modifiedAt)}>
          {formats.shortTime(entry.modifiedAt)}
        </time>
      );
    case 'mode':
      return <code title={octalText(entry.mode)}>{modeText(entry.kind, entry.mode)}</code>;
    case 'owner':
      return <Owner entry={entry} />;
  }
}

const longestOwner = 64;

function Owner({ entry: { owner, group } }: { readonly entry: FileEntry }) {
  const both = plainly(owner === group ? owner : `${owner}:${group}`, longestOwner);
  return (
    <span className={classes.cut} title={plainly(`${owner}:${group}`, longestOwner)}>
      {both}
    </span>
  );
}

const longestTarget = 300;

function NameCell({ entry }: { readonly entry: FileEntry }) {
  const { t } = useTranslation('files');
  const { link, unreachable } = entry;
  const isDangling = entry.kind === 'link' && link?.kind === undefined;
  return (
    <>
      <FileName entry={entry} />
      {link && (
        <span
          className={classes.link}
          data-dangling={isDangling || undefined}
          title={isDangling ? t('dangling') : undefined}
        >
          → {plainly(link.path, longestTarget)}
          {isDangling && <span className={classes.mark}>{t('danglingMark')}</span>}
        </span>
      )}
      {unreachable && (
        <span className={classes.mark} title={t('unreachable')}>
          {t('unreachableMark')}
        </span>
      )}
    </>
  );
}
