/** The published part of the API: instances, snapshots, machines. */
import { z } from 'zod';
import { images, type Spec, specs } from '../../world/catalogue.ts';
import { findInstance, releaseInstance } from '../../world/lifecycle.ts';
import type { Instance } from '../../world/model.ts';
import { found, Refusal } from '../../world/refusal.ts';
import { availableUnits } from '../../world/stock.ts';
import type { World } from '../../world/world.ts';
import { createBody, readCreateBody } from './create-body.ts';
import { hardwareObject, instanceObject } from './instance-object.ts';
import { id, name, type Route, route, truth } from './route.ts';

const which = z.object({ request_id: id.optional(), meta_key: id.optional() });

function findAsked(world: World, { request_id, meta_key }: z.output<typeof which>): Instance {
  if (request_id !== undefined) return findInstance(world.state, request_id);
  if (meta_key !== undefined) return found(world.byMetaKey(meta_key), 'instance', meta_key);
  throw new Refusal('invalid', 'One of request_id and meta_key is required.');
}

const maxPerPage = 1000;
const page = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  per_page: z.coerce.number().int().min(1).max(maxPerPage).default(50),
});

const specQuery = z.object({
  machine_category: z.coerce.number().int().min(0).max(1).optional(),
  from_image_id: z.string().max(64).default(''),
  region_name: z.string().max(64).default(''),
});

const object = (world: World, instance: Instance) =>
  instanceObject(instance, world.state, world.settledNow());

export const routes: readonly Route[] = [
  route('GET', '/instance', which, (world, query) => {
    world.settledNow();
    return { instance: object(world, findAsked(world, query)) };
  }),
  route('POST', '/instance', createBody, (world, body) => ({
    instance: object(world, world.create(readCreateBody(body))),
  })),
  route('DELETE', '/instance', which, (world, query) => {
    const { id: instanceId } = findAsked(world, query);
    return { instance: object(world, world.run(releaseInstance(instanceId))) };
  }),
  route('GET', '/instance/list', page, (world, query) => {
    world.settledNow();
    const from = (query.page - 1) * query.per_page;
    const instances = world.newestInstances(from, query.per_page);
    return {
      instances: instances.map((instance) => object(world, instance)),
      total: world.state.instances.size,
    };
  }),
  route(
    'POST',
    '/snapshot',
    z.object({ instance_id: id, name, auto_release: truth.default(false) }),
    async (world, body) => {
      const snapshot = await world.snapshot(body.instance_id, body.name, body.auto_release);
      return { snapID: snapshot.id };
    },
  ),
  route('GET', '/spec/list', specQuery, (world, query) => ({
    specs: specs
      .filter((spec) => isAsked(spec, query))
      .flatMap((spec) => specObjects(world, spec, query.region_name)),
  })),
];

function isAsked(spec: Spec, query: z.output<typeof specQuery>): boolean {
  const { machine_category: category, from_image_id: imageId } = query;
  if (category !== undefined && category !== categoryOf(spec)) return false;
  if (imageId === '') return true;
  const image = found(
    images.find((candidate) => candidate.id === imageId),
    'image',
    imageId,
  );
  return image.kind === 'cpu' || spec.kind === 'gpu';
}

const categoryOf = ({ kind }: Spec): number => (kind === 'gpu' ? 0 : 1);

function specObjects(world: World, spec: Spec, regionName: string) {
  const now = world.settledNow();
  return spec.regions
    .filter((region) => regionName === '' || region === regionName)
    .map((region) => ({
      ...hardwareObject(spec.hardware),
      machineCategory: categoryOf(spec),
      regionName: region,
      priceCent: spec.priceCent,
      availUnits: availableUnits(world.state, spec, region, now),
      maxUnits: spec.maxUnits,
    }));
}
