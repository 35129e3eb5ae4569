/** The one composition answers for the whole contract. */
import { expect, test } from 'vitest';
import { askNames } from '../support/contract/test-core.ts';
import { startLiveCore } from '../support/live-core.ts';

test('every name of the contract has exactly one handler, and no handler is without a name', async () => {
  const live = await startLiveCore();
  expect(Object.keys(live.core.handlers).sort()).toEqual([...askNames].sort());
  await live.close();
});
