/** Which sessions stand in which tab, as sessions come, go and are split. */
import { describe, expect, it } from 'vitest';
import {
  acceptLayout,
  emptyLayout,
  followSessions,
  otherPane,
  selectSession,
  splitTab,
  stepTab,
} from '../../renderer/terminal/dock-layout.ts';

const three = followSessions(emptyLayout, ['a', 'b', 'c']);

describe('the dock', () => {
  it('gives every session a tab and selects the first', () => {
    expect(three.tabs.map(({ panes }) => panes)).toEqual([['a'], ['b'], ['c']]);
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
    expect(split.tabs.map(({ panes }) => panes)).toEqual([['a', 'c'], ['b']]);
    expect(split.tabs[0]).toMatchObject({ direction: 'vertical', active: 'c' });
  });

  it('does not split a tab twice', () => {
    const split = splitTab(splitTab(three, 'a', 'c', 'vertical'), 'a', 'b', 'horizontal');
    expect(split.tabs.map(({ panes }) => panes)).toEqual([['a', 'c'], ['b']]);
    expect(split.selected).toBe('b');
  });

  it('keeps the other pane when one of two is closed', () => {
    const split = splitTab(three, 'a', 'c', 'horizontal');
    const left = followSessions(split, ['b', 'c']);
    expect(left.tabs[0]).toMatchObject({ panes: ['c'], active: 'c' });
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

  it('is the same after a reload, and drops what is gone since', () => {
    const back = acceptLayout(JSON.parse(JSON.stringify(split)));
    expect(back).toEqual(split);
    expect(followSessions(back ?? emptyLayout, ['a', 'b', 'c', 'd']).tabs).toMatchObject([
      { panes: ['a', 'b'], direction: 'vertical' },
      { panes: ['c'] },
      { panes: ['d'] },
    ]);
  });

  it.each([
    null,
    7,
    { tabs: 'a' },
    { tabs: [{ id: 'a' }] },
    { tabs: [{ id: 'a', panes: ['a', 'b', 'c'], direction: 'vertical', active: 'a' }] },
    { tabs: [{ id: 'a', panes: [1], direction: 'vertical', active: 'a' }] },
    { tabs: [{ id: 'a', panes: ['a'], direction: 'up', active: 'a' }] },
  ])('is not made of %j', (stored) => {
    expect(acceptLayout(stored)).toBeUndefined();
  });
});

it('the other pane of a split tab gets the keyboard, and where there is none nothing changes', () => {
  const split = splitTab(three, 'a', 'b', 'horizontal');
  expect(otherPane(split).tabs[0]?.active).toBe('a');
  expect(otherPane(three)).toBe(three);
});
