/** A folder that is dropped is looked through as it is needed, and never kept as a whole. */
import { expect, test } from 'vitest';
import { droppedItems } from '../../renderer/files/local-items.ts';

const perRead = 100;

/** A folder that tells its entries a hundred at a time; counts how many it was asked for. */
function hugeFolder(length: number, canBeRead: boolean) {
  const asked = { count: 0 };
  const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
    canBeRead ? resolve(new File([], 'x')) : reject(new Error('gone'));
  const createReader = () => ({
    readEntries(resolve: (entries: readonly object[]) => void) {
      const some = Math.min(perRead, length - asked.count);
      asked.count += some;
      resolve(Array.from({ length: some }, (_, at) => ({ isFile: true, name: `${at}`, file })));
    },
  });
  const entry = { isFile: false, name: 'huge', createReader };
  const items = [{ kind: 'file', webkitGetAsEntry: () => entry }];
  return { asked, transfer: { items } as unknown as DataTransfer };
}

test('no more of a huge folder is read than is wanted', async () => {
  const { asked, transfer } = hugeFolder(1_000_000, true);
  let seen = 0;
  for await (const { path } of droppedItems(transfer).items) {
    seen += 1;
    if (path === 'huge/49' && seen > 1000) break;
  }
  expect(asked.count).toBeLessThanOrEqual(seen + perRead);
});

test('of what cannot be read the number is known, and the first names', async () => {
  const { transfer } = hugeFolder(2000, false);
  const { items, unreadable } = droppedItems(transfer);
  const seen: string[] = [];
  for await (const { path } of items) seen.push(path);
  expect(seen).toEqual(['huge']);
  expect(unreadable).toEqual({ count: 2000, firstPaths: ['huge/0', 'huge/1', 'huge/2'] });
});
