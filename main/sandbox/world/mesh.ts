/** Network groups: instances that reach each other by private addresses. */
import { checkStatus, findInstance } from './lifecycle.ts';
import type { Command, MeshGroup, WorldState } from './model.ts';
import { checkedName } from './names.ts';
import { found, Refusal } from './refusal.ts';
import { type Status, statusAt } from './timeline.ts';

const capacity = 5;
const maxGroups = 50;

export interface MeshMember {
  readonly instanceId: string;
  readonly name: string;
  readonly ip: string;
  readonly status: Status;
}

/** Released instances are no longer in it. */
export function membersOf(group: MeshGroup, state: WorldState, now: number): readonly MeshMember[] {
  return group.members.flatMap(({ instanceId, host }) => {
    const instance = state.instances.get(instanceId);
    const status = instance && statusAt(instance.timeline, now);
    if (!instance || !status || status === 'Released') return [];
    return [{ instanceId, name: instance.name, ip: `10.77.${group.subnet}.${host}`, status }];
  });
}

const put = (record: MeshGroup) => ({
  changes: [{ table: 'groups', id: record.id, record }] as const,
  value: record,
});

export function createGroup(id: string, name: string): Command<MeshGroup> {
  return (state) => {
    const subnets = new Set([...state.groups.values()].map(({ subnet }) => subnet));
    if (subnets.size >= maxGroups) throw new Refusal('quota', `At most ${maxGroups} groups.`);
    let subnet = 1;
    while (subnets.has(subnet)) subnet += 1;
    return put({ id, name: checkedName(name, 'The name'), capacity, subnet, members: [] });
  };
}

/** Only Running instances may join; joining twice changes nothing. */
export function joinGroup(groupId: string, instanceId: string): Command<MeshGroup> {
  return (state, now) => {
    const group = found(state.groups.get(groupId), 'network group', groupId);
    const instance = findInstance(state, instanceId);
    checkStatus(instance, now, ['Running'], 'in a network group');
    const present = membersOf(group, state, now).map((member) => member.instanceId);
    if (present.includes(instanceId)) return { changes: [], value: group };
    for (const other of state.groups.values()) {
      if (membersOf(other, state, now).some((member) => member.instanceId === instanceId)) {
        throw new Refusal('wrong-state', `${instanceId} is in the network group ${other.name}.`);
      }
    }
    if (present.length >= group.capacity) {
      throw new Refusal('quota', `The network group ${group.name} is full.`);
    }
    const members = group.members.filter((member) => present.includes(member.instanceId));
    const hosts = new Set(members.map(({ host }) => host));
    let host = 2;
    while (hosts.has(host)) host += 1;
    return put({ ...group, members: [...members, { instanceId, host }] });
  };
}

export function leaveGroup(groupId: string, instanceId: string): Command<MeshGroup> {
  return (state) => {
    const group = found(state.groups.get(groupId), 'network group', groupId);
    const members = group.members.filter((member) => member.instanceId !== instanceId);
    if (members.length === group.members.length) {
      throw new Refusal('not-found', `${instanceId} is not in the network group ${group.name}.`);
    }
    return put({ ...group, members });
  };
}
