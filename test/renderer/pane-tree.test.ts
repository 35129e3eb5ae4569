/** How panes share a tab: whatever is split, closed and dragged, they fill it without a gap and without overlapping. */

import { describe, expect, it } from 'vitest';
import {
  hasRoom,
  neighbourOf,
  type PaneWay,
  placePanes,
} from '../../renderer/terminal/pane-places.ts';
import {
  acceptTree,
  keepPanes,
  moveLine,
  type PaneTree,
  panesOf,
  type SplitDirection,
  splitPane,
} from '../../renderer/terminal/pane-tree.ts';
import { fc } from '../support/properties.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const direction = fc.constantFrom<SplitDirection>('horizontal', 'vertical');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('split'), at: fc.nat(), direction }),
    fc.record({ kind: fc.constant('close'), at: fc.nat(), direction }),
    fc.record({
      kind: fc.constant('drag'),
      at: fc.nat(),
      direction,
      to: fraction,
    }),
  ),
  { maxLength: 30 },
);

const pick = <Item>(items: readonly Item[], at: number) => items[at % items.length];

/** So large that no pane gets as narrow as what counts for nothing. */
const leastShare = 0.2;

/** What a person did to a tab of one pane. */
const trees = steps.map((done) =>
  done.reduce<PaneTree>((tree, step, number) => {
    const pane = pick(panesOf(tree), step.at) ?? '';
    if (step.kind === 'split') {
      const fits = hasRoom(tree, pane, step.direction);
      return fits ? splitPane(tree, pane, `pane ${number}`, step.direction) : tree;
    }
    if (step.kind === 'close') return keepPanes(tree, (session) => session !== pane) ?? tree;
    const line = pick(placePanes(tree).lines, step.at);
    const to = 'to' in step ? step.to : 0;
    return line ? moveLine(tree, line.path, to, leastShare) : tree;
  }, 'first'),
);
const chosen = fc.record({ tree: trees, at: fc.nat() }).map(({ tree, at }) => ({
  tree,
  pane: pick(panesOf(tree), at) ?? '',
}));

const opposite: Readonly<Record<PaneWay, PaneWay>> = {
  left: 'right',
  right: 'left',
  up: 'down',
  down: 'up',
};
const ways = Object.keys(opposite) as PaneWay[];

/** Which pane stands in which split, and what each part has: two lists, because shares are equal only nearly. */
const shapeOf = (tree: PaneTree): unknown =>
  typeof tree === 'string'
    ? tree
    : { direction: tree.direction, parts: tree.parts.map((part) => shapeOf(part.tree)) };
const sharesOf = (tree: PaneTree): number[] =>
  typeof tree === 'string'
    ? []
    : tree.parts.flatMap((part) => [part.share, ...sharesOf(part.tree)]);

function expectSame(tree: PaneTree | undefined, wanted: PaneTree): void {
  expect(tree).toBeDefined();
  if (tree === undefined) return;
  expect(shapeOf(tree)).toEqual(shapeOf(wanted));
  const shares = sharesOf(wanted);
  const most = Math.max(
    0,
    ...sharesOf(tree).map((share, at) => Math.abs(share - (shares[at] ?? 0))),
  );
  expect(most).toBeLessThan(1e-9);
}

describe('the panes of a tab', () => {
  it('fill it, and each point of it is one pane’s', () => {
    fc.assert(
      fc.property(trees, fraction, fraction, (tree, x, y) => {
        const { panes, lines } = placePanes(tree);
        const area = panes.reduce((sum, { box }) => sum + box.width * box.height, 0);
        expect(area).toBeCloseTo(1, 6);
        expect(panes.map(({ session }) => session)).toEqual(panesOf(tree));
        expect(lines).toHaveLength(panes.length - 1);
        const within = panes.filter(
          ({ box }) =>
            x > box.left + 1e-9 &&
            x < box.left + box.width - 1e-9 &&
            y > box.top + 1e-9 &&
            y < box.top + box.height - 1e-9,
        );
        expect(within.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are remembered as they are', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const back = acceptTree(JSON.parse(JSON.stringify(tree)));
        expectSame(back, tree);
      }),
    );
  });

  it('stand as before when one is split and the new one is closed', () => {
    fc.assert(
      fc.property(chosen, direction, ({ tree, pane }, way) => {
        const split = splitPane(tree, pane, 'new', way);
        expect(panesOf(split)).toHaveLength(panesOf(tree).length + 1);
        const back = keepPanes(split, (session) => session !== 'new');
        expectSame(back, tree);
      }),
    );
  });

  it('are never split within a split of the same direction', () => {
    const isPlain = (tree: PaneTree, outer?: SplitDirection): boolean =>
      typeof tree === 'string' ||
      (tree.direction !== outer &&
        tree.parts.length > 1 &&
        tree.parts.every((part) => isPlain(part.tree, tree.direction)));
    fc.assert(fc.property(trees, (tree) => isPlain(tree)));
  });

  it('are reached from each other: who goes somewhere comes to a pane that touches', () => {
    fc.assert(
      fc.property(chosen, fc.constantFrom(...ways), ({ tree, pane }, way) => {
        const there = neighbourOf(tree, pane, way);
        const boxOf = (wanted: string | undefined) =>
          placePanes(tree).panes.find(({ session }) => session === wanted)?.box;
        const from = boxOf(pane);
        const to = boxOf(there);
        expect(there).not.toBe(pane);
        if (!from) return;
        const edges = {
          left: from.left,
          up: from.top,
          right: 1 - from.left - from.width,
          down: 1 - from.top - from.height,
        };
        // At the edge of the tab there is nobody.
        expect(to === undefined).toBe(edges[way] < 1e-6);
        if (!to) return;
        const [near, far] = {
          left: [from.left, to.left + to.width],
          right: [from.left + from.width, to.left],
          up: [from.top, to.top + to.height],
          down: [from.top + from.height, to.top],
        }[way] as [number, number];
        expect(near).toBeCloseTo(far, 5);
      }),
    );
  });
});

describe('a line between panes', () => {
  const row = splitPane(splitPane('a', 'a', 'b', 'horizontal'), 'b', 'c', 'horizontal');

  it('moves what is before and behind it, and nothing else', () => {
    const moved = moveLine(row, [0], 0.5, 0.1);
    expect(placePanes(moved).panes.map(({ box }) => box.width.toFixed(3))).toEqual([
      '0.500',
      '0.167',
      '0.333',
    ]);
  });

  it('leaves each its least, or half where there is not so much', () => {
    const widths = (to: number, least: number) =>
      placePanes(moveLine(row, [0], to, least)).panes.map(({ box }) =>
        Number(box.width.toFixed(3)),
      );
    expect(widths(-7, 0.1)).toEqual([0.1, 0.567, 0.333]);
    expect(widths(7, 0.1)).toEqual([0.567, 0.1, 0.333]);
    expect(widths(0.6, 0.9)).toEqual([0.333, 0.333, 0.333]);
  });

  it('is found inside other splits', () => {
    const nested = splitPane(row, 'b', 'd', 'vertical');
    const moved = moveLine(nested, [1, 0], 0.75, 0.1);
    expect(placePanes(moved).panes.find(({ session }) => session === 'b')?.box.height).toBe(0.75);
  });

  it('that is no longer there moves nothing', () => {
    expect(moveLine(row, [2], 0.5, 0.1)).toBe(row);
    expect(moveLine(row, [9, 0], 0.5, 0.1)).toBe(row);
    expect(moveLine('a', [0], 0.5, 0.1)).toBe('a');
  });
});

it('a row takes as many as stay wide enough', () => {
  let tree: PaneTree = 'a';
  for (let number = 1; hasRoom(tree, 'a', 'horizontal'); number += 1) {
    tree = splitPane(tree, 'a', `b${number}`, 'horizontal');
  }
  expect(panesOf(tree)).toHaveLength(7);
  expect(hasRoom(tree, 'a', 'vertical')).toBe(true);
  expect(hasRoom(tree, 'nobody', 'vertical')).toBe(false);
});
