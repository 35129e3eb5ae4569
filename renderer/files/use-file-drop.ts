/** Files held above a directory: into the directory row below the pointer, or else into the one that is shown. */
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { FileEntry } from '../../preload/contract/files.ts';
import { targetKind } from './directory-rows.ts';

/** The browser tells that files are still held several times a second; a drag that was given up is not always told. */
const heldForMs = 800;

export interface FileDrop {
  /** Files are held above; `into` is the row they would go into. */
  readonly held: { readonly into: FileEntry | undefined } | undefined;
  readonly handlers: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

export function useFileDrop(
  rows: readonly FileEntry[],
  drop: (dropped: DataTransfer, into: FileEntry | undefined) => void,
): FileDrop {
  const [held, setHeld] = useState<FileDrop['held']>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const rowBelow = (event: DragEvent): FileEntry | undefined => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const entry = row instanceof HTMLElement ? rows[Number(row.dataset.index)] : undefined;
    return entry && targetKind(entry) === 'directory' && !entry.unreachable ? entry : undefined;
  };
  const bringsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

  return {
    held,
    handlers: {
      onDragOver(event) {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        const into = rowBelow(event);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setHeld(undefined), heldForMs);
        setHeld((former) => (former && former.into === into ? former : { into }));
      },
      onDragLeave(event) {
        const to = event.relatedTarget;
        if (to instanceof Node && event.currentTarget.contains(to)) return;
        setHeld(undefined);
      },
      onDrop(event) {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        setHeld(undefined);
        drop(event.dataTransfer, rowBelow(event));
      },
    },
  };
}
