/** Extension endpoints for port forwarding and network groups. */
import { z } from 'zod';
import { findInstance } from '../../world/lifecycle.ts';
import { createGroup, joinGroup, leaveGroup, membersOf } from '../../world/mesh.ts';
import type { ForwardedPort, MeshGroup } from '../../world/model.ts';
import { addPort, editPort, removePort } from '../../world/ports.ts';
import { statusAt } from '../../world/timeline.ts';
import type { World } from '../../world/world.ts';
import { portObject } from './instance-object.ts';
import { id, name, nothing, portNumber, protocol, type Route, route } from './route.ts';

const ofInstance = z.object({ instance_id: id });
const portBody = ofInstance.extend({ port: portNumber, protocol });
const membership = z.object({ group_id: id, instance_id: id });

export const networkRoutes: readonly Route[] = [
  route('GET', '/ext/ports', ofInstance, (world, query) => ({
    ports: findInstance(world.state, query.instance_id).ports.map((port) =>
      answerPort(world, query.instance_id, port),
    ),
  })),
  route('POST', '/ext/ports', portBody, async (world, { instance_id, ...settings }) => {
    const added = world.run(addPort(instance_id, settings, world.newId('port')));
    await world.settlePorts(instance_id);
    return { port: answerPort(world, instance_id, added) };
  }),
  route('PUT', '/ext/ports', portBody.extend({ id }), async (world, body) => {
    const { instance_id, id: portId, ...settings } = body;
    const edited = world.run(editPort(instance_id, portId, settings));
    await world.settlePorts(instance_id);
    return { port: answerPort(world, instance_id, edited) };
  }),
  route('DELETE', '/ext/ports', ofInstance.extend({ id }), async (world, query) => {
    world.run(removePort(query.instance_id, query.id));
    await world.settlePorts(query.instance_id);
    return {};
  }),
  route('GET', '/ext/mesh', nothing, (world) => ({
    groups: [...world.state.groups.values()].map((group) => groupObject(world, group)),
  })),
  route('POST', '/ext/mesh', z.object({ name }), (world, body) => ({
    group: groupObject(world, world.run(createGroup(world.newId('net'), body.name))),
  })),
  route('POST', '/ext/mesh/join', membership, (world, body) => ({
    group: groupObject(world, world.run(joinGroup(body.group_id, body.instance_id))),
  })),
  route('POST', '/ext/mesh/leave', membership, (world, body) => ({
    group: groupObject(world, world.run(leaveGroup(body.group_id, body.instance_id))),
  })),
];

/** As it is by now: its real port may have come meanwhile. */
function answerPort(world: World, instanceId: string, port: ForwardedPort) {
  const instance = findInstance(world.state, instanceId);
  const latest = instance.ports.find((candidate) => candidate.id === port.id) ?? port;
  return portObject(instance, latest, statusAt(instance.timeline, world.settledNow()));
}

function groupObject(world: World, group: MeshGroup) {
  return {
    id: group.id,
    name: group.name,
    capacity: group.capacity,
    members: membersOf(group, world.state, world.settledNow()).map((member) => ({
      instanceID: member.instanceId,
      name: member.name,
      ip: member.ip,
      bandwidthMbps: 100,
      status: member.status,
    })),
  };
}
