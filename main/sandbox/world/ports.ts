/** Port forwarding: which of an instance's inner ports are reachable from outside. */
import type { PortSettings } from './create-instance.ts';
import { checkStatus, findInstance } from './lifecycle.ts';
import type { Command, ForwardedPort, Instance, WorldState } from './model.ts';
import { found, Refusal } from './refusal.ts';

const maxPorts = 20;

/** SSH is the way in: it can be neither changed nor removed. */
export const isEditable = ({ port }: ForwardedPort): boolean => port !== 22;

function change<Value>(
  instanceId: string,
  edit: (instance: Instance) => { ports: readonly ForwardedPort[]; value: Value },
): Command<Value> {
  return (state: WorldState, now: number) => {
    const instance = findInstance(state, instanceId);
    checkStatus(instance, now, ['Running'], 'given other ports');
    const { ports, value } = edit(instance);
    return {
      changes: [{ table: 'instances', id: instanceId, record: { ...instance, ports } }],
      value,
    };
  };
}

function checkFree(ports: readonly ForwardedPort[], wanted: PortSettings, except = ''): void {
  const taken = ports.find(({ id, port }) => port === wanted.port && id !== except);
  if (taken) throw new Refusal('invalid', `Port ${wanted.port} is forwarded already.`);
}

function findEditable(ports: readonly ForwardedPort[], id: string): ForwardedPort {
  const port = found(
    ports.find((candidate) => candidate.id === id),
    'forwarded port',
    id,
  );
  if (!isEditable(port)) throw new Refusal('invalid', 'SSH port 22 stays as it is.');
  return port;
}

export function addPort(
  instanceId: string,
  settings: PortSettings,
  portId: string,
): Command<ForwardedPort> {
  return change(instanceId, ({ ports }) => {
    checkFree(ports, settings);
    if (ports.length >= maxPorts) throw new Refusal('invalid', `At most ${maxPorts} ports.`);
    const added = { id: portId, ...settings, servicePort: 0 };
    return { ports: [...ports, added], value: added };
  });
}

export function editPort(
  instanceId: string,
  portId: string,
  settings: PortSettings,
): Command<ForwardedPort> {
  return change(instanceId, ({ ports }) => {
    const { servicePort } = findEditable(ports, portId);
    checkFree(ports, settings, portId);
    const edited = { id: portId, ...settings, servicePort };
    return { ports: ports.map((port) => (port.id === portId ? edited : port)), value: edited };
  });
}

export function removePort(instanceId: string, portId: string): Command<null> {
  return change(instanceId, ({ ports }) => {
    findEditable(ports, portId);
    return { ports: ports.filter(({ id }) => id !== portId), value: null };
  });
}
