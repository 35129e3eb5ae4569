/** Calls that go straight to an optional part of a cloud: present, or an honest "not offered by this API". */
import { CloudError, refusal } from '../../preload/contract/errors.ts';
import type { CloudParts } from '../clouds/cloud.ts';
import type { Handlers } from '../core/router.ts';
import type { Fleet } from './fleet.ts';

/** @throws CloudError unsupported `not-offered`, naming the part */
function need<Name extends keyof CloudParts>(
  parts: CloudParts,
  name: Name,
): NonNullable<CloudParts[Name]> {
  const part = parts[name];
  if (!part) throw refusal('unsupported', 'not-offered', { part: name });
  return part;
}

export function partHandlers(
  fleet: Fleet,
): Pick<
  Handlers,
  | 'ports.list'
  | 'ports.add'
  | 'ports.change'
  | 'ports.remove'
  | 'groups.list'
  | 'groups.create'
  | 'groups.join'
  | 'groups.leave'
  | 'catalogue.images'
  | 'catalogue.hardware'
  | 'catalogue.dataDrives'
> {
  const ofInstance = <Name extends keyof CloudParts>(key: string, name: Name) => {
    const { account, target } = fleet.instance(key);
    return { part: need(account.cloud.parts, name), id: target.id };
  };
  const ofAccount = <Name extends keyof CloudParts>(account: string, name: Name) =>
    need(fleet.account(account).cloud.parts, name);
  /** The id inside its account. @throws CloudError invalid, when it belongs to another */
  const memberId = (account: string, key: string) => {
    if (!key.startsWith(`${account}/`)) throw new CloudError('invalid', 'of another account');
    return key.slice(account.length + 1);
  };

  return {
    'ports.list': ({ instance }, signal) => {
      const { part, id } = ofInstance(instance, 'ports');
      return part.list(id, signal);
    },
    'ports.add': async ({ instance, ...port }, signal) => {
      const { part, id } = ofInstance(instance, 'ports');
      await part.add(id, port, signal);
      return null;
    },
    'ports.change': async ({ instance, id: portId, ...port }, signal) => {
      const { part, id } = ofInstance(instance, 'ports');
      await part.change(id, portId, port, signal);
      return null;
    },
    'ports.remove': async ({ instance, id: portId }, signal) => {
      const { part, id } = ofInstance(instance, 'ports');
      await part.remove(id, portId, signal);
      return null;
    },

    'groups.list': async ({ account }, signal) => {
      const groups = await ofAccount(account, 'groups').list(signal);
      return groups.map((group) => ({
        ...group,
        members: group.members.map((member) => ({
          ...member,
          instance: `${account}/${member.instance}`,
        })),
      }));
    },
    'groups.create': async ({ account, name }, signal) => {
      await ofAccount(account, 'groups').create(name, signal);
      return null;
    },
    'groups.join': async ({ account, group, instance }, signal) => {
      await ofAccount(account, 'groups').join(group, memberId(account, instance), signal);
      return null;
    },
    'groups.leave': async ({ account, group, instance }, signal) => {
      await ofAccount(account, 'groups').leave(group, memberId(account, instance), signal);
      return null;
    },

    'catalogue.images': ({ account }, signal) => ofAccount(account, 'catalogue').images(signal),
    'catalogue.hardware': ({ account }, signal) => ofAccount(account, 'catalogue').hardware(signal),
    'catalogue.dataDrives': ({ account }, signal) =>
      ofAccount(account, 'catalogue').dataDrives(signal),
  };
}
