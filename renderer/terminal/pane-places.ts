/** Where the panes of a tab stand, and the lines between them: computed from the tree, in fractions of the tab's room. */
import { mostPanes, type PaneTree, panesOf, type SplitDirection } from './pane-tree.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedPane {
  readonly session: string;
  readonly box: Box;
}

/** The line behind one part of a split. */
export interface PlacedLine {
  readonly path: readonly number[];
  readonly direction: SplitDirection;
  /** Without width where the parts stand side by side, else without height. */
  readonly box: Box;
  /** Where the part before it begins, along the direction. */
  readonly start: number;
  /** How long its whole split is. */
  readonly length: number;
  /** What the part before the line has of its split, and that part and the one behind it together. */
  readonly share: number;
  readonly shareOfBoth: number;
}

export type PaneWay = 'left' | 'right' | 'up' | 'down';

const wholeTab: Box = { left: 0, top: 0, width: 1, height: 1 };

/** What a pane keeps of the tab at least when another is put beside it. */
const leastFraction = 1 / mostPanes;

/** Fractions that should be the same differ by less. */
const nothing = 1e-6;

export function placePanes(
  tree: PaneTree,
  box: Box = wholeTab,
  path: readonly number[] = [],
): { readonly panes: readonly PlacedPane[]; readonly lines: readonly PlacedLine[] } {
  if (typeof tree === 'string') return { panes: [{ session: tree, box }], lines: [] };
  const { direction, parts } = tree;
  const isRow = direction === 'horizontal';
  const length = isRow ? box.width : box.height;
  const panes: PlacedPane[] = [];
  const lines: PlacedLine[] = [];
  let start = isRow ? box.left : box.top;
  parts.forEach(({ tree: part, share }, at) => {
    const own = share * length;
    const place = isRow ? { ...box, left: start, width: own } : { ...box, top: start, height: own };
    const inside = placePanes(part, place, [...path, at]);
    panes.push(...inside.panes);
    lines.push(...inside.lines);
    const behind = parts[at + 1];
    if (behind) {
      lines.push({
        path: [...path, at],
        direction,
        box: isRow
          ? { ...box, left: start + own, width: 0 }
          : { ...box, top: start + own, height: 0 },
        start,
        length,
        share,
        shareOfBoth: share + behind.share,
      });
    }
    start += own;
  });
  return { panes, lines };
}

/** Whether a pane may have another beside it: there are not too many, and none gets too small. */
export function hasRoom(tree: PaneTree, pane: string, direction: SplitDirection): boolean {
  if (panesOf(tree).length >= mostPanes) return false;
  const box = placePanes(tree).panes.find(({ session }) => session === pane)?.box;
  const length = box && (direction === 'horizontal' ? box.width : box.height);
  return length !== undefined && length >= 2 * leastFraction - nothing;
}

/** The pane one comes to when going that way from the middle of another. */
export function neighbourOf(tree: PaneTree, pane: string, way: PaneWay): string | undefined {
  const { panes } = placePanes(tree);
  const from = panes.find(({ session }) => session === pane)?.box;
  if (!from) return undefined;
  const across = {
    x: way === 'left' ? -nothing : way === 'right' ? from.width + nothing : from.width / 2,
    y: way === 'up' ? -nothing : way === 'down' ? from.height + nothing : from.height / 2,
  };
  const point = { x: from.left + across.x, y: from.top + across.y };
  return panes.find(({ box }) => holds(box, point))?.session;
}

/** Of two that meet at the point it is the first. */
const holds = ({ left, top, width, height }: Box, { x, y }: { x: number; y: number }): boolean =>
  x >= left - nothing / 2 &&
  x <= left + width + nothing / 2 &&
  y >= top - nothing / 2 &&
  y <= top + height + nothing / 2;
