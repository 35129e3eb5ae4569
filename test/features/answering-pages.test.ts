/** Of several pages one answers what programs ask: the one looked at last, and one always. */
import { expect, test } from 'vitest';
import { createAnsweringPages } from '../../main/features/ssh/answering-pages.ts';
import { ByteStream } from '../../preload/contract/byte-stream.ts';
import { decodeStreamFrame } from '../../preload/contract/wire.ts';

const nothing = new Uint8Array(0);

function createPages() {
  const pages = createAnsweringPages();
  return (isLookedAt: boolean) => {
    const heard: number[] = [];
    const core = new ByteStream(
      1,
      (frame) => heard.push(...decodeStreamFrame(frame).bytes),
      () => {},
    );
    pages.join(core, isLookedAt);
    core.receive(64, nothing);
    return {
      answers: () => heard.at(-1) === 1,
      heard,
      lookAt: () => core.receive(0, Uint8Array.of(1)),
      leave: () => core.close(),
    };
  };
}

test('a page alone answers, looked at or not', () => {
  expect(createPages()(false).answers()).toBe(true);
});

test('a page that is looked at as it comes takes over, another one does not', () => {
  const open = createPages();
  const first = open(true);
  const hidden = open(false);
  expect([first.answers(), hidden.answers()]).toEqual([true, false]);
  const shown = open(true);
  expect([first.answers(), hidden.answers(), shown.answers()]).toEqual([false, false, true]);
});

test('a page takes over when it is looked at, and gives back when it goes', () => {
  const open = createPages();
  const [first, second, third] = [open(true), open(true), open(true)];
  first.lookAt();
  expect([first, second, third].map((page) => page.answers())).toEqual([true, false, false]);
  first.leave();
  expect([second, third].map((page) => page.answers())).toEqual([false, true]);
  second.leave();
  expect(third.answers()).toBe(true);
});

test('a page that is looked at again and again is told once, and may go on saying so', () => {
  const open = createPages();
  const other = open(true);
  const page = open(false);
  for (let times = 0; times < 1000; times += 1) page.lookAt();
  expect(page.heard).toEqual([0, 1]);
  expect(other.heard).toEqual([1, 0]);
});
