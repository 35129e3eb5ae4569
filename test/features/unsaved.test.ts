/** Texts nobody has saved count as long as their page holds them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveCore, startLiveCore } from '../support/live-core.ts';

let live: LiveCore;

beforeAll(async () => {
  live = await startLiveCore();
});
afterAll(() => live.close());

it('counts each text from the moment it is held until the page lets go', async () => {
  const unsaved = () => live.core.liveWork().unsaved;
  const one = live.client.stream('app.holdUnsaved', {});
  const other = live.client.stream('app.holdUnsaved', {});
  await Promise.all([one.opened, other.opened]);
  expect(unsaved()).toBe(2);
  one.stream.end();
  await expect.poll(unsaved).toBe(1);
  other.stream.end();
  await expect.poll(unsaved).toBe(0);
});
