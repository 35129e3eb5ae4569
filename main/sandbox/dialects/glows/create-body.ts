/** Reads the body of POST /instance into what the world is asked for. */
import { z } from 'zod';
import type { Spec } from '../../world/catalogue.ts';
import type { CreateRequest } from '../../world/create-instance.ts';
import { Refusal } from '../../world/refusal.ts';
import { check, id, name, parseJson, portNumber, protocol, truth } from './route.ts';

const optionalText = z.string().max(128).default('');

export const createBody = z.object({
  from_image_id: id.optional(),
  from_snap_id: id.optional(),
  gpu_name: optionalText,
  cpu_name: optionalText,
  custom_meta_key: id,
  instance_category: z.literal(['container', 'vm']).default('container'),
  region_name: id,
  unit_qty: z.coerce.number().int().min(1).max(64).default(1),
  remark: name.default(''),
  envs: z.string().max(8192).default(''),
  /** A JSON text, as the real API wants it. */
  ports: z.string().max(8192).default('[]'),
  cmd: z.string().max(4096).default(''),
  public_ip_id: z.string().max(64).default(''),
  datadrive: z.object({ drive_id: id, read_only: truth.default(false) }).nullish(),
});

const portList = z.array(z.object({ port: portNumber, protocol })).max(18);

/** @throws Refusal invalid */
export function readCreateBody(body: z.output<typeof createBody>): CreateRequest {
  if (body.public_ip_id !== '') {
    throw new Refusal('invalid', 'The sandbox has no public addresses.');
  }
  if (body.cmd !== '' && body.instance_category !== 'container') {
    throw new Refusal('invalid', 'cmd is for containers only.');
  }
  return {
    metaKey: body.custom_meta_key,
    name: body.remark,
    category: body.instance_category,
    regionName: body.region_name,
    machine: readMachine(body.gpu_name, body.cpu_name),
    units: body.unit_qty,
    source: readSource(body.from_image_id, body.from_snap_id),
    environment: readEnvironment(body.envs),
    startCommand: body.cmd,
    ports: check(portList, body.ports.trim() === '' ? [] : parseJson(body.ports)),
    drive: body.datadrive
      ? { driveId: body.datadrive.drive_id, readOnly: body.datadrive.read_only }
      : null,
  };
}

function readMachine(gpu: string, cpu: string): { kind: Spec['kind']; name: string } {
  if (gpu !== '') return { kind: 'gpu', name: gpu };
  if (cpu !== '') return { kind: 'cpu', name: cpu };
  throw new Refusal('invalid', 'One of gpu_name and cpu_name is required.');
}

function readSource(image: string | undefined, snapshot: string | undefined) {
  if (image !== undefined && snapshot === undefined) return { kind: 'image', id: image } as const;
  if (snapshot !== undefined && image === undefined) {
    return { kind: 'snapshot', id: snapshot } as const;
  }
  throw new Refusal('invalid', 'Exactly one of from_image_id and from_snap_id is required.');
}

/** As in `foo=bar;tik=tok`. */
function readEnvironment(text: string): Readonly<Record<string, string>> {
  const pairs = text
    .split(';')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const [, key, value] = /^\s*([A-Za-z_][A-Za-z0-9_]*)=([^\0\r\n]*)$/.exec(pair) ?? [];
      if (key === undefined) throw new Refusal('invalid', `envs: not name=value: ${pair}.`);
      return [key, value ?? ''] as const;
    });
  return Object.fromEntries(pairs);
}

export const writeEnvironment = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([key, value]) => `${key}=${value}`)
    .join(';');
