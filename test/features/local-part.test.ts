/** A file of this machine that is being filled: through no link, over no other, on file systems of every kind. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { LocalPart } from '../../main/features/files/local-part.ts';
import { createTempDir } from '../support/temp-dir.ts';

/** Not every file system gives a file a second name. */
const links = vi.hoisted(() => ({ areThere: true }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>();
  const link: typeof original.link = (from, to) =>
    links.areThere
      ? original.link(from, to)
      : Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }));
  return { ...original, link };
});

const temporary = createTempDir('local-part');
afterAll(() => temporary.remove());
let directory: string;
const at = (name: string) => join(directory, name);
const content = (name: string) => readFileSync(at(name), 'utf8');
beforeEach(() => {
  links.areThere = true;
  directory = mkdtempSync(join(temporary.path, 'to-'));
  writeFileSync(at('other'), 'of somebody else');
});

async function filled(): Promise<LocalPart> {
  const part = await LocalPart.create(at('part'), 0o644);
  await part.write(Buffer.from('new'), 0);
  await part.finish(1_700_000_000, 0o644);
  return part;
}

it('is not gone on with through a link that somebody put in its place', async () => {
  symlinkSync('other', at('part'));
  await expect(LocalPart.goOn(at('part'))).rejects.toMatchObject({ code: expect.any(String) });
  expect(content('other')).toBe('of somebody else');
});

it('is made anew where a link lies in its place, and what that leads to stays', async () => {
  symlinkSync('other', at('part'));
  await (await filled()).place(at('whole'), false);
  expect([content('whole'), content('other')]).toEqual(['new', 'of somebody else']);
});

it.each([true, false])(
  'takes its place, and never that of another unasked, links or none: %s',
  async (areThere) => {
    links.areThere = areThere;
    await (await filled()).place(at('whole'), false);
    expect([content('whole'), existsSync(at('part'))]).toEqual(['new', false]);
    const part = await filled();
    await expect(part.place(at('other'), false)).rejects.toMatchObject({
      code: 'conflict',
      rule: { id: 'file-exists' },
    });
    expect(content('other')).toBe('of somebody else');
    await part.place(at('other'), true);
    expect(content('other')).toBe('new');
    expect(readdirSync(directory).sort()).toEqual(['other', 'whole']);
  },
);
