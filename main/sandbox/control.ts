/** Levers for tests and demonstrations that no real cloud has: faults, credit, the clock. */
import { z } from 'zod';
import { type Answer, jsonAnswer, textAnswer } from './http/answer.ts';
import { type FaultSource, faultsSchema } from './http/faults.ts';
import type { Request } from './http/http-server.ts';
import type { Command } from './world/model.ts';
import type { World } from './world/world.ts';

export const controlBasePath = '/sandbox/';

const creditBody = z.strictObject({ paidInMilli: z.int() });
const clockBody = z.strictObject({
  rate: z.number().positive().max(1_000_000).optional(),
  advanceMs: z.number().min(0).optional(),
});

export async function answerControl(
  world: World,
  faults: FaultSource,
  { method, path, body }: Request,
): Promise<Answer> {
  if (method !== 'POST') return textAnswer(405, 'POST only.\n');
  try {
    switch (path) {
      case '/sandbox/faults':
        faults.change(faultsSchema.parse(JSON.parse(body)));
        return jsonAnswer({});
      case '/sandbox/credit':
        world.run(payIn(creditBody.parse(JSON.parse(body)).paidInMilli));
        return jsonAnswer({});
      case '/sandbox/clock':
        changeClock(world, clockBody.parse(JSON.parse(body)));
        return jsonAnswer({ now: world.settledNow() });
      default:
        return textAnswer(404, 'There is no such lever.\n');
    }
  } catch (error) {
    return textAnswer(400, `${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** A negative amount takes credit away. */
const payIn =
  (milli: number): Command<null> =>
  ({ account }) => ({
    changes: [
      {
        table: 'account',
        id: account.id,
        record: { ...account, paidInMilli: account.paidInMilli + milli },
      },
    ],
    value: null,
  });

function changeClock(world: World, { rate, advanceMs }: z.infer<typeof clockBody>): void {
  if (rate !== undefined) world.clock.setRate(rate);
  if (advanceMs !== undefined) world.clock.advance(advanceMs);
  world.clockChanged();
}
