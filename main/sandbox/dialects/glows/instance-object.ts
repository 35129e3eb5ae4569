/** An instance in the shape of the API, with the sandbox's extension fields. */
import { accruedMilli } from '../../world/ledger.ts';
import type { ForwardedPort, Hardware, Instance, WorldState } from '../../world/model.ts';
import { isEditable } from '../../world/ports.ts';
import { phaseAt, phaseProgress, type Status } from '../../world/timeline.ts';
import { writeEnvironment } from './create-body.ts';
import { seconds } from './route.ts';

const host = '127.0.0.1';

export function instanceObject(instance: Instance, state: WorldState, now: number) {
  const { placement, source, timeline, drive } = instance;
  const phase = phaseAt(timeline, now);
  return {
    instanceID: instance.id,
    category: instance.category,
    status: phase.status,
    statusSince: seconds(phase.at),
    priceCent: instance.priceCent,
    hardware: hardwareObject(instance.hardware),
    baseImage: source.kind === 'image' ? { imageID: source.id, imageName: source.name } : null,
    baseSnap: source.kind === 'snapshot' ? { snapID: source.id, name: source.name } : null,
    sshCred: { user: 'root', password: placement?.password ?? '' },
    accesses: instance.ports
      .map((port) => portObject(instance, port, phase.status))
      .map(({ port, protocol, url }) => ({
        protocol: protocol === 2 ? 'http' : 'ssh',
        listenPort: port,
        url,
      })),
    domain: placement ? host : '',
    createTime: seconds(instance.createdAt),
    cmd: instance.startCommand,
    envs: writeEnvironment(instance.environment),
    remark: instance.name,
    metaKey: instance.metaKey,
    sourceType: 'sdk',
    regionName: instance.regionName,
    hostKeys: placement ? [placement.hostPublicKey] : [],
    snapshotProgress: phase.status === 'Suspending' ? phaseProgress(timeline, now) : 0,
    autoRelease: instance.autoRelease,
    accruedMilli: accruedMilli(instance, now),
    datadrive: drive
      ? {
          region: state.drives.get(drive.driveId)?.regionName ?? instance.regionName,
          mount: '/datadrive',
          readOnly: drive.readOnly,
        }
      : null,
  };
}

export function hardwareObject(hardware: Hardware) {
  return {
    gpuName: hardware.gpuName,
    cpuName: hardware.cpuName,
    gpuNum: hardware.gpuCount,
    gpuRamMB: hardware.gpuMemoryMb,
    cpuCoresNum: hardware.cpuCores,
    ramMB: hardware.memoryMb,
    diskGB: hardware.diskGb,
  };
}

const hasAddress: readonly Status[] = ['Running', 'Suspending', 'Paused'];

/** Without an address yet, or any longer, the service port is 0 and the URL empty. */
export function portObject(instance: Instance, forwarded: ForwardedPort, status: Status) {
  const servicePort = hasAddress.includes(status) ? servicePortOf(instance, forwarded) : 0;
  const scheme = forwarded.protocol === 'http' ? 'http' : forwarded.port === 22 ? 'ssh' : 'tcp';
  return {
    id: forwarded.id,
    port: forwarded.port,
    protocol: forwarded.protocol === 'http' ? 2 : 1,
    // The sandbox has no certificate to show.
    https: false,
    servicePort,
    url: servicePort === 0 ? '' : `${scheme}://${host}:${servicePort}`,
    editable: isEditable(forwarded),
  };
}

function servicePortOf({ placement }: Instance, { port, servicePort }: ForwardedPort): number {
  if (port === 22) return placement?.sshPort ?? 0;
  if (port === 8888) return placement?.httpPort ?? 0;
  return servicePort;
}
