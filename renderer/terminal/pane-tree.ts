/** How the panes of a tab share its room: pure functions over a tree of splits, and how one is remembered. */

/** How the parts of a split stand: side by side, or one below the other. */
export type SplitDirection = 'horizontal' | 'vertical';

/** One pane, by its session, or several that share the room. */
export type PaneTree = string | PaneSplit;

/** Two parts or more, in reading order. None of them is split in the same direction: its parts would be parts of this one. */
export interface PaneSplit {
  readonly direction: SplitDirection;
  readonly parts: readonly SplitPart[];
}

export interface SplitPart {
  readonly tree: PaneTree;
  /** Of the room of the split; those of all its parts add up to 1. */
  readonly share: number;
}

/** A page has about sixteen WebGL contexts, and each pane that is seen takes one. */
export const mostPanes = 12;

/** The panes in reading order. */
export const panesOf = (tree: PaneTree): readonly string[] =>
  typeof tree === 'string' ? [tree] : tree.parts.flatMap((part) => panesOf(part.tree));

/** Puts a pane right of another, or below it. It gets an even share of the room; what the others had shrinks alike. */
export function splitPane(
  tree: PaneTree,
  pane: string,
  added: string,
  direction: SplitDirection,
): PaneTree {
  if (typeof tree === 'string') {
    if (tree !== pane) return tree;
    return { direction, parts: [tree, added].map((half) => ({ tree: half, share: 1 / 2 })) };
  }
  const { parts } = tree;
  const at = parts.findIndex((part) => part.tree === pane);
  if (at === -1 || tree.direction !== direction) {
    return {
      ...tree,
      parts: parts.map((part) => ({ ...part, tree: splitPane(part.tree, pane, added, direction) })),
    };
  }
  const share = 1 / (parts.length + 1);
  const shrunk = parts.map((part) => ({ ...part, share: part.share * (1 - share) }));
  const next = [...shrunk.slice(0, at + 1), { tree: added, share }, ...shrunk.slice(at + 1)];
  return { direction, parts: next };
}

/** Without the panes that went: their room falls to those they shared it with. @returns undefined when none stays */
export function keepPanes(
  tree: PaneTree,
  stays: (session: string) => boolean,
): PaneTree | undefined {
  if (typeof tree === 'string') return stays(tree) ? tree : undefined;
  const parts = tree.parts.flatMap((part) => {
    const kept = keepPanes(part.tree, stays);
    return kept === undefined ? [] : [{ tree: kept, share: part.share }];
  });
  return joinParts(tree.direction, parts);
}

/**
 * Moves the line between two parts of a split.
 * @param path which part of which part the line stands behind
 * @param share what the part before the line is to have of its split; the part behind it has the rest of both
 * @param least what each of the two keeps, where there is so much
 */
export function moveLine(
  tree: PaneTree,
  path: readonly number[],
  share: number,
  least: number,
): PaneTree {
  const [at, ...deeper] = path;
  if (typeof tree === 'string' || at === undefined) return tree;
  const [before, behind] = [tree.parts[at], tree.parts[at + 1]];
  if (!before) return tree;
  if (deeper.length > 0) {
    const moved = { ...before, tree: moveLine(before.tree, deeper, share, least) };
    return { ...tree, parts: tree.parts.with(at, moved) };
  }
  if (!behind) return tree;
  const both = before.share + behind.share;
  const kept = Math.min(least, both / 2);
  const next = Math.min(both - kept, Math.max(kept, share));
  const parts = tree.parts
    .with(at, { ...before, share: next })
    .with(at + 1, { ...behind, share: both - next });
  return { ...tree, parts };
}

/** A tree of an earlier page; undefined for anything else. */
export function acceptTree(stored: unknown): PaneTree | undefined {
  if (typeof stored === 'string') return stored;
  const { direction, parts } = (stored ?? {}) as Partial<PaneSplit>;
  if (direction !== 'horizontal' && direction !== 'vertical') return undefined;
  if (!Array.isArray(parts) || parts.length > mostPanes) return undefined;
  const accepted = parts.flatMap((part: unknown) => {
    const { tree, share } = (part ?? {}) as Partial<SplitPart>;
    const kept = acceptTree(tree);
    const isPart = kept !== undefined && typeof share === 'number' && share > 0;
    return isPart ? [{ tree: kept, share }] : [];
  });
  return accepted.length === parts.length ? joinParts(direction, accepted) : undefined;
}

/** One part alone is no split, one that is split in the same direction gives its parts, and the shares fill the room. */
function joinParts(direction: SplitDirection, parts: readonly SplitPart[]): PaneTree | undefined {
  if (parts.length < 2) return parts[0]?.tree;
  const whole = parts.reduce((sum, { share }) => sum + share, 0);
  return {
    direction,
    parts: parts.flatMap(({ tree, share }) => {
      if (typeof tree === 'string' || tree.direction !== direction) {
        return [{ tree, share: share / whole }];
      }
      return tree.parts.map((part) => ({ ...part, share: (part.share * share) / whole }));
    }),
  };
}
