/** The optional parts of Glows.ai: those whose capability the API announces, and no other. */
import type { BillingLine } from '../../../preload/contract/instances.ts';
import type { SavedSnapshot } from '../../../preload/contract/snapshots.ts';
import type { Clock } from '../../core/clock.ts';
import { isoNow } from '../../core/clock.ts';
import type { CloudParts } from '../cloud.ts';
import type { ReadyClient } from './client.ts';
import { checkedGlowsName } from './glows-name.ts';
import { pricePerHour } from './instance.ts';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;
const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** In the order of capabilities' names in the dialect. */
export function extensionParts(
  client: ReadyClient,
  capabilities: ReadonlySet<string>,
  clock: Clock,
): CloudParts {
  const has = (name: string) => capabilities.has(name);
  return {
    ...(has('ports') && { ports: portsPart(client) }),
    ...(has('metrics') && { metrics: metricsPart(client, clock) }),
    ...(has('billing') && { billing: billingPart(client, clock) }),
    ...(has('snapshots') && { snapshots: snapshotsPart(client) }),
    ...(has('storage') && { storage: storagePart(client) }),
    ...(has('mesh') && { groups: groupsPart(client) }),
    ...(has('images') && has('stock') && { catalogue: cataloguePart(client) }),
  };
}

function portsPart(client: ReadyClient): NonNullable<CloudParts['ports']> {
  const protocolNumber = (protocol: 'tcp' | 'https') => (protocol === 'https' ? 2 : 1);
  return {
    async list(instance, signal) {
      const { ports } = await (await client()).ports(instance, signal);
      return ports.map(({ id, port, protocol, servicePort, url, editable }) => ({
        id,
        port,
        protocol: protocol === 2 ? 'https' : port === 22 ? 'ssh' : 'tcp',
        ...(servicePort != null && { servicePort }),
        ...(url !== '' && { url }),
        editable,
      }));
    },
    async add(instance, { port, protocol }, signal) {
      const body = { instance_id: instance, port, protocol: protocolNumber(protocol) };
      await (await client()).change('POST', '/ext/ports', body, signal);
    },
    async change(instance, id, { port, protocol }, signal) {
      const body = { instance_id: instance, id, port, protocol: protocolNumber(protocol) };
      await (await client()).change('PUT', '/ext/ports', body, signal);
    },
    async remove(instance, id, signal) {
      await (await client()).remove('/ext/ports', { instance_id: instance, id }, signal);
    },
  };
}

/** Clocks that differ by less are taken for the same. */
const sameClockMs = 5000;

/** Asked in the cloud's time and told in ours: the sandbox's may run faster, and ours may be wrong. */
function metricsPart(client: ReadyClient, clock: Clock): NonNullable<CloudParts['metrics']> {
  return {
    async read(instance, fromMs, toMs, signal) {
      const ready = await client();
      const told = await ready.metrics(instance, fromMs, toMs, signal);
      const apartMs = told.now === undefined ? 0 : told.now - clock.now();
      const aheadMs = Math.abs(apartMs) > sameClockMs ? Math.round(apartMs) : 0;
      const { stepMs, samples } =
        aheadMs === 0
          ? told
          : await ready.metrics(instance, fromMs + aheadMs, toMs + aheadMs, signal);
      return {
        stepMs,
        samples: samples.map((sample) => ({
          at: iso(sample.at - aheadMs),
          cpu: sample.cpu,
          memoryUsed: sample.memUsedMB * mebibyte,
          memoryTotal: sample.memTotalMB * mebibyte,
          diskUsed: sample.diskUsedGB * gibibyte,
          diskTotal: sample.diskTotalGB * gibibyte,
          networkIn: sample.netInBps,
          networkOut: sample.netOutBps,
          gpus: sample.gpus.map(({ name, util, memUsedMB, memTotalMB }) => ({
            name,
            load: util,
            memoryUsed: memUsedMB * mebibyte,
            memoryTotal: memTotalMB * mebibyte,
          })),
        })),
      };
    },
  };
}

function billingPart(client: ReadyClient, clock: Clock): NonNullable<CloudParts['billing']> {
  return {
    async lines(instance, signal) {
      const { lines } = await (await client()).billing(instance, signal);
      return lines.map(
        (line): BillingLine => ({
          from: iso(line.from),
          to: line.to == null ? isoNow(clock) : iso(line.to),
          perHour: pricePerHour(line.priceCent),
          amount: { currency: 'credits', minor: line.amountMilli, decimals: 3 },
          estimate: false,
          ...(line.to == null && { running: true }),
        }),
      );
    },
  };
}

const snapshotKinds = new Map<string, SavedSnapshot['status']['kind']>([
  ['Saving', 'saving'],
  ['Available', 'available'],
  ['Restorable', 'restorable'],
]);

function snapshotsPart(client: ReadyClient): NonNullable<CloudParts['snapshots']> {
  return {
    async list(signal) {
      const found = await (await client()).listSnapshots(signal);
      return found.map(({ snapID, name, sizeMB, status, createTime, sourceName, expiresAt }) => ({
        id: snapID,
        name,
        sizeBytes: sizeMB * mebibyte,
        status: {
          kind: snapshotKinds.get(status) ?? 'unknown',
          word: status,
        },
        ...(createTime && { createdAt: iso(createTime.seconds * 1000) }),
        ...(sourceName !== '' && { sourceName }),
        ...(expiresAt != null && { expiresAt: new Date(expiresAt).toISOString() }),
      }));
    },
    async rename(id, name, signal) {
      const body = { snap_id: id, name: checkedGlowsName(name) };
      await (await client()).change('PATCH', '/ext/snapshot', body, signal);
    },
    async remove(id, forGood, signal) {
      const query = { snap_id: id, ...(forGood && { permanent: 1 }) };
      await (await client()).remove('/ext/snapshot', query, signal);
    },
    async restore(id, signal) {
      await (await client()).change('POST', '/ext/snapshot/restore', { snap_id: id }, signal);
    },
  };
}

function storagePart(client: ReadyClient): NonNullable<CloudParts['storage']> {
  return {
    async read(signal) {
      const { quotaMB, usedMB, expiresAt, items } = await (await client()).storage(signal);
      return {
        quotaBytes: quotaMB * mebibyte,
        usedBytes: usedMB * mebibyte,
        ...(expiresAt != null && { expiresAt: new Date(expiresAt).toISOString() }),
        items: items.map(({ kind, name, sizeMB }) => ({
          kind: kind === 'snapshot' || kind === 'image' ? kind : 'datadrive',
          name,
          sizeBytes: sizeMB * mebibyte,
        })),
      };
    },
  };
}

function groupsPart(client: ReadyClient): NonNullable<CloudParts['groups']> {
  return {
    async list(signal) {
      const { groups } = await (await client()).mesh(signal);
      return groups.map(({ id, name, capacity, members }) => ({
        id,
        name,
        capacity,
        members: members.map((member) => ({
          instance: member.instanceID,
          name: member.name,
          address: member.ip,
          ...(member.bandwidthMbps != null && { bandwidthMbps: member.bandwidthMbps }),
          status: member.status,
        })),
      }));
    },
    async create(name, signal) {
      const body = { name: checkedGlowsName(name) };
      await (await client()).change('POST', '/ext/mesh', body, signal);
    },
    async join(group, instance, signal) {
      const body = { group_id: group, instance_id: instance };
      await (await client()).change('POST', '/ext/mesh/join', body, signal);
    },
    async leave(group, instance, signal) {
      const body = { group_id: group, instance_id: instance };
      await (await client()).change('POST', '/ext/mesh/leave', body, signal);
    },
  };
}

function cataloguePart(client: ReadyClient): NonNullable<CloudParts['catalogue']> {
  return {
    async images(signal) {
      const { images } = await (await client()).images(signal);
      return images.map(({ imageID, imageName, description }) => ({
        id: imageID,
        name: imageName,
        description,
      }));
    },
    async hardware(signal) {
      const { specs } = await (await client()).specs(signal);
      return specs.map((spec) => ({
        kind: spec.machineCategory === 1 ? 'cpu' : 'gpu',
        name: spec.machineCategory === 1 ? spec.cpuName : spec.gpuName,
        region: spec.regionName,
        gpuCount: spec.gpuNum,
        gpuMemoryBytes: spec.gpuRamMB * mebibyte,
        cpuModel: spec.cpuName,
        cpuCount: spec.cpuCoresNum,
        memoryBytes: spec.ramMB * mebibyte,
        diskBytes: spec.diskGB * gibibyte,
        perHour: pricePerHour(spec.priceCent),
        ...(spec.availUnits != null && { stock: spec.availUnits }),
        maxUnits: spec.maxUnits,
      }));
    },
    async dataDrives(signal) {
      const { drives } = await (await client()).dataDrives(signal);
      return drives.map(({ id, regionName, totalMB, usedMB }) => ({
        id,
        region: regionName,
        totalBytes: totalMB * mebibyte,
        usedBytes: usedMB * mebibyte,
      }));
    },
  };
}
