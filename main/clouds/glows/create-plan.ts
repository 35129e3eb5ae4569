/** Creating an instance: the job's key is the cloud's meta key, so that the same create twice is one instance. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { JobPlan } from '../../core/jobs.ts';
import type { CreateInput } from './actions.ts';
import type { ReadyClient } from './cloud.ts';
import { waitUntil } from './wait.ts';

export function createPlan(account: string, client: ReadyClient, input: CreateInput): JobPlan {
  const { name, source, hardware, region, units } = input;
  return {
    steps: [
      {
        id: 'request-create',
        cancellable: true,
        async run({ key, signal }) {
          const created = await (await client()).createInstance(
            {
              custom_meta_key: key,
              ...(source.kind === 'image'
                ? { from_image_id: source.id }
                : { from_snap_id: source.id }),
              ...(hardware.kind === 'gpu'
                ? { gpu_name: hardware.name }
                : { cpu_name: hardware.name }),
              region_name: region,
              unit_qty: units,
              instance_category: 'container',
              remark: name,
            },
            signal,
          );
          return created.instanceID;
        },
        async reconcile({ key, signal }) {
          const created = await (await client()).findByMetaKey(key, signal);
          return created ? { kind: 'done', outcome: created.instanceID } : { kind: 'not-done' };
        },
      },
      {
        id: 'wait-running',
        cancellable: false,
        run: (context) =>
          waitUntil(client, String(context.outcomes['request-create']), context, (status) => {
            if (status === 'Released') throw refusal('conflict', 'glows-released-while-creating');
            return status === 'Running';
          }),
      },
    ],
    end: (outcomes) => ({
      facts: [{ id: 'glows-created', params: { name } }],
      created: [`${account}/${String(outcomes['request-create'])}`],
    }),
  };
}
