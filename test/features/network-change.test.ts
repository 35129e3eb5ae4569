/** A person who is being asked is not disturbed by another network: the server has spoken, and the question stands. */
import { expect, it } from 'vitest';
import { startTortureRig } from '../support/torture-rig.ts';

it('a question about a host key outlives a change of the network, and its answer counts', async () => {
  const rig = await startTortureRig({}, { answer: () => undefined });
  try {
    const { live, proxy, instance, webPort } = rig;
    const outcome = await live.client.call('tunnels.open', { instance, remotePort: webPort });
    if (outcome.kind !== 'opened') throw new Error(`not opened: ${outcome.kind}`);
    await expect.poll(() => live.prompts.length).toBe(1);
    const accepted = proxy.accepted();
    live.changeNetwork();
    live.resume();
    live.changeNetwork();
    // Whatever was dialled anew would have got through to the machine before this answer did.
    await live.client.call('prompts.list', {});
    const [question] = live.prompts;
    const answered = await live.client.call('prompts.answer', {
      id: question?.id ?? '',
      answer: { kind: 'trust' },
    });
    expect(answered).toEqual({ kind: 'taken' });
    await rig.reaches(outcome.tunnel.id, 'up');
    expect([proxy.accepted(), live.prompts.length]).toEqual([accepted, 1]);
  } finally {
    await rig.stop();
  }
});
