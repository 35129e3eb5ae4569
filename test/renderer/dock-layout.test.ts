/** Which sessions stand in which tab, as sessions come, go and are split. */
import { describe, expect, it } from 'vitest';
import {
  acceptLayout,
  type DockLayout,
  emptyLayout,
  followSessions,
  nextPane,
  paneTowards,
  selectSession,
  splitTab,
  stepTab,
} from '../../renderer/terminal/dock-layout.ts';
import { mostPanes, panesOf } from '../../renderer/terminal/pane-tree.ts';

const three = followSessions(emptyLayout, ['a', 'b', 'c']);
const panes = ({ tabs }: DockLayout) => tabs.map(({ tree }) => panesOf(tree));

describe('the dock', () => {
  it('gives every session a tab and selects the first', () => {
    expect(panes(three)).toEqual([['a'], ['b'], ['c']]);
    expect(three.selected).toBe('a');
  });

  it('selects the neighbour when the selected tab is gone', () => {
    const atB = selectSession(three, 'b');
    expect(followSessions(atB, ['a', 'c']).selected).toBe('c');
    expect(followSessions(selectSession(three, 'c'), ['a', 'b']).selected).toBe('b');
    expect(followSessions(atB, []).selected).toBeUndefined();
  });

  it('keeps unchanged tabs as they are, so that nothing is drawn again', () => {
    expect(followSessions(three, ['a', 'b', 'c', 'd']).tabs[1]).toBe(three.tabs[1]);
  });

  it('puts a session beside another and takes its own tab away', () => {
    const split = splitTab(three, 'a', 'c', 'vertical');
    expect(panes(split)).toEqual([['a', 'c'], ['b']]);
    expect(split.tabs[0]).toMatchObject({ tree: { direction: 'vertical' }, active: 'c' });
  });

  it('splits a tab as often as there is room, and then gives a tab of its own', () => {
    const sessions = Array.from({ length: mostPanes + 1 }, (_, at) => `s${at}`);
    const split = sessions.slice(1).reduce(
      (layout, session, at) => {
        const selected = layout.tabs.find(({ id }) => id === 's0');
        const pane = panesOf(selected?.tree ?? '')[at % 3] ?? 's0';
        return splitTab(layout, pane, session, at % 2 ? 'vertical' : 'horizontal');
      },
      followSessions(emptyLayout, sessions),
    );
    expect(panes(split)).toEqual([expect.arrayContaining(sessions.slice(0, -1)), ['s12']]);
    expect(split.selected).toBe('s12');
  });

  it('keeps the others when one of several is closed, and the keyboard near it', () => {
    const split = splitTab(splitTab(three, 'a', 'b', 'horizontal'), 'b', 'c', 'vertical');
    const left = followSessions(split, ['a', 'b']);
    expect(left.tabs).toMatchObject([{ active: 'b' }]);
    expect(followSessions(split, ['b', 'c']).tabs).toMatchObject([{ active: 'c' }]);
    expect(followSessions(left, ['a']).tabs).toEqual([{ id: 'a', tree: 'a', active: 'a' }]);
    expect(left.selected).toBe(split.selected);
  });

  it('steps around the ends', () => {
    expect(stepTab(three, -1).selected).toBe('c');
    expect(stepTab(selectSession(three, 'c'), 1).selected).toBe('a');
    expect(stepTab(emptyLayout, 1)).toBe(emptyLayout);
  });
});

describe('a remembered layout', () => {
  const split = splitTab(three, 'a', 'b', 'vertical');
  const stored = (tree: unknown, active = 'a') => ({ tabs: [{ id: 'a', tree, active }] });
  const parts = ['a', 'b'].map((tree) => ({ tree, share: 0.5 }));

  it('is the same after a reload, and drops what is gone since', () => {
    const back = acceptLayout(JSON.parse(JSON.stringify(split)));
    expect(back).toEqual(split);
    expect(panes(followSessions(back ?? emptyLayout, ['a', 'b', 'c', 'd']))).toEqual([
      ['a', 'b'],
      ['c'],
      ['d'],
    ]);
  });

  it.each([
    null,
    7,
    { tabs: 'a' },
    { tabs: [{ id: 'a' }] },
    stored(7),
    stored('a', 'b'),
    stored({ direction: 'up', parts }),
    stored({ direction: 'vertical', parts: [...parts, ...parts] }),
    stored({ direction: 'vertical', parts: [{ tree: 'a', share: -1 }] }),
    stored({
      direction: 'vertical',
      parts: Array.from({ length: mostPanes + 1 }, (_, at) => ({ tree: `${at}a`, share: 1 })),
    }),
  ])('is not made of %j', (layout) => {
    expect(acceptLayout(layout)).toBeUndefined();
  });
});

describe('the keyboard goes', () => {
  const split = splitTab(splitTab(three, 'a', 'b', 'horizontal'), 'b', 'c', 'vertical');

  it('from pane to pane, around the end', () => {
    expect(split.tabs[0]?.active).toBe('c');
    expect(nextPane(split).tabs[0]?.active).toBe('a');
    expect(nextPane(nextPane(split)).tabs[0]?.active).toBe('b');
    expect(nextPane(three)).toBe(three);
  });

  it('to the side, and stays where there is nothing', () => {
    expect(paneTowards(split, 'left').tabs[0]?.active).toBe('a');
    expect(paneTowards(split, 'up').tabs[0]?.active).toBe('b');
    expect(paneTowards(split, 'down')).toBe(split);
    expect(paneTowards(emptyLayout, 'left')).toBe(emptyLayout);
  });
});
