/** In which order the files of an upload are asked for: the memory of this machine is not filled with large ones. */
import { expect, it } from 'vitest';
import { SendOrder } from '../../main/features/files/send-order.ts';

/** Indexes from 100 on are large files. */
function orderOf(...indexes: number[]): SendOrder {
  const order = new SendOrder((index) => index >= 100);
  for (const index of indexes) order.add(index);
  return order;
}

const allNext = (order: SendOrder): readonly number[] => {
  const next = order.next();
  return next === undefined ? [] : [next, ...allNext(order)];
};

it('small files go all at once and first, large ones two at a time', () => {
  const order = orderOf(100, 1, 101, 2, 102);
  expect(allNext(order)).toEqual([1, 2, 100, 101]);
  for (const index of [1, 2, 100]) expect(order.begin(index)).toBe(true);
  order.end(1);
  expect(order.next()).toBeUndefined();
  order.end(100);
  expect(allNext(order)).toEqual([102]);
});

it('what has to be sent again goes before all others of its kind', () => {
  const order = orderOf(100, 101, 102);
  expect(allNext(order)).toEqual([100, 101]);
  order.begin(101);
  order.again(101);
  order.end(101);
  expect(allNext(order)).toEqual([101]);
});

it('what was handed to a page that went is handed to the next one, and taken from no other', () => {
  const order = orderOf(1, 100, 101, 102);
  expect(allNext(order)).toEqual([1, 100, 101]);
  expect(order.begin(100)).toBe(true);
  expect(order.begin(100)).toBe(false);
  expect(order.begin(102)).toBe(false);
  order.takeBack();
  expect(order.begin(101)).toBe(false);
  expect(allNext(order)).toEqual([1, 101]);
});
