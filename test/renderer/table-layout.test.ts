/** Which columns fit, and where keys take the cursor. */
import { describe, expect, test } from 'vitest';
import { columnIds, fitColumns, gridTemplate } from '../../renderer/instances/columns.ts';
import { moveCursor } from '../../renderer/instances/move-cursor.ts';

describe('columns', () => {
  test('all stand in their order where there is room', () => {
    expect(fitColumns([...columnIds].reverse(), 3000)).toEqual(columnIds);
  });

  test('give way where there is none, the address first and the name never', () => {
    expect(fitColumns(columnIds, 1100)).not.toContain('address');
    expect(fitColumns(columnIds, 1100)).toContain('state');
    expect(fitColumns(columnIds, 0)).toEqual(['name']);
  });

  test('that are narrow take the place one too wide left free', () => {
    expect(fitColumns(columnIds, 400)).toEqual(['name', 'state', 'cost']);
  });

  test('that were not chosen stay away', () => {
    expect(fitColumns(['cost'], 3000)).toEqual(['name', 'cost']);
  });

  test('share the room that is left over', () => {
    expect(gridTemplate(['name', 'load'])).toBe('minmax(132px, 3fr) 108px');
  });
});

describe('the cursor', () => {
  test.each([
    ['ArrowDown', -1, 0],
    ['ArrowDown', 3, 4],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 3, 13],
    ['PageDown', 95, 99],
    ['PageUp', 3, 0],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['x', 50, undefined],
  ] as const)('by %s goes from %s to %s of 100', (key, from, to) => {
    expect(moveCursor(key, from, 100, 10)).toBe(to);
  });

  test('goes nowhere in an empty table', () => {
    expect(moveCursor('ArrowDown', -1, 0, 10)).toBeUndefined();
  });
});
