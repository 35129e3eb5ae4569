/** Creating an instance: the job's key is the cloud's meta key, so that the same create twice is one instance. */
import { refusal } from '../../../preload/contract/errors.ts';
import type { JobPlan } from '../../core/job-plan.ts';
import type { CreateRequest } from './answers.ts';
import type { ReadyClient } from './client.ts';
import type { CreateInput } from './create-input.ts';
import { waitUntil } from './wait.ts';

export function createPlan(account: string, client: ReadyClient, input: CreateInput): JobPlan {
  const { dataDrive } = input;
  return {
    steps: [
      {
        id: 'request-create',
        cancellable: true,
        async run({ key, signal }) {
          const ready = await client();
          if (dataDrive && !(await ready.capabilities(signal)).has('datadrive')) {
            throw refusal('unsupported', 'not-offered', { part: 'datadrive' });
          }
          const created = await ready.createInstance(createRequest(key, input), signal);
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
      facts: [{ id: 'glows-created', params: { name: input.name } }],
      created: [`${account}/${String(outcomes['request-create'])}`],
    }),
  };
}

/** The input in the API's own shapes: ports as a JSON text, the environment as `a=1;b=2`. */
export function createRequest(metaKey: string, input: CreateInput): CreateRequest {
  const { name, source, hardware, region, units, dataDrive, ports = [], environment = {} } = input;
  const variables = Object.entries(environment).map(([variable, value]) => `${variable}=${value}`);
  return {
    custom_meta_key: metaKey,
    ...(source.kind === 'image' ? { from_image_id: source.id } : { from_snap_id: source.id }),
    ...(hardware.kind === 'gpu' ? { gpu_name: hardware.name } : { cpu_name: hardware.name }),
    region_name: region,
    unit_qty: units,
    instance_category: 'container',
    remark: name,
    ...(variables.length > 0 && { envs: variables.join(';') }),
    ...(ports.length > 0 && {
      ports: JSON.stringify(
        ports.map(({ port, protocol }) => ({ port, protocol: protocol === 'https' ? 2 : 1 })),
      ),
    }),
    ...(dataDrive && { datadrive: { drive_id: dataDrive.id, read_only: dataDrive.readOnly } }),
  };
}
