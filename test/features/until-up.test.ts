/** Who opens JupyterLab waits for a login as long as it is under way, and not for a line that broke. */
import { expect, it } from 'vitest';
import { untilUp } from '../../main/features/tunnels/until-up.ts';
import { refusal } from '../../preload/contract/errors.ts';
import type { TunnelState } from '../../preload/contract/tunnels.ts';

/** A tunnel that is not up within anybody's patience so many times. */
function tunnel(times: number, state: TunnelState, rule = 'tunnel-down') {
  let asked = 0;
  const fake = {
    view: { state },
    async whenUp() {
      asked += 1;
      if (asked <= times) throw refusal('timeout', rule);
      return undefined as never;
    },
  };
  return { fake, asked: () => asked };
}
const { signal } = new AbortController();

it('a login that takes long is waited for', async () => {
  const { fake, asked } = tunnel(3, 'connecting');
  await untilUp(fake, signal);
  expect(asked()).toBe(4);
});

it.each([
  ['reconnecting', 'tunnel-down'],
  ['failed', 'tunnel-down'],
  ['connecting', 'waits-for-snapshot'],
] as const)('one that is %s is not, once it failed by %s', async (state, rule) => {
  const { fake } = tunnel(1, state, rule);
  await expect(untilUp(fake, signal)).rejects.toMatchObject({ rule: { id: rule } });
});
