/** The shapes Glows.ai's SDK API answers with (docs: sdkdoc.glows.ai, read leniently): unknown fields pass, unknown words stay. */
import { z } from 'zod';

const text = z.string().catch('');
const count = z.number().catch(0);
/** Beyond it there is no date (ECMA-262, section 21.4.1.1). */
const latestMs = 8.64e15;
const seconds = z
  .object({
    seconds: z.coerce
      .number()
      .min(0)
      .max(latestMs / 1000),
  })
  .nullish()
  .catch(undefined);
/** Milliseconds since 1970. */
export const time = z.number().min(0).max(latestMs);
/** Milliseconds since 1970, or ISO 8601; what is no date is not told. */
export const laxTime = z
  .union([time, z.string().refine((text) => !Number.isNaN(Date.parse(text)))])
  .nullish()
  .catch(undefined);

export const envelopeSchema = z.looseObject({ code: z.number(), msg: z.string().catch('') });

const accessSchema = z.object({ protocol: text, listenPort: count, url: text });

export const instanceSchema = z.object({
  instanceID: z.string().min(1),
  category: text,
  status: z.string(),
  /** Hundredths of a credit per hour. */
  priceCent: z.number().nullish().catch(undefined),
  hardware: z
    .object({
      gpuName: text,
      cpuName: text,
      gpuNum: count,
      gpuRamMB: count,
      cpuCoresNum: count,
      ramMB: count,
      diskGB: count,
    })
    .partial()
    .nullish()
    .catch(undefined),
  baseImage: z.object({ imageID: text, imageName: text }).nullish().catch(undefined),
  baseSnap: z.looseObject({ snapID: text, name: text }).nullish().catch(undefined),
  sshCred: z.object({ user: text, password: text }).nullish().catch(undefined),
  accesses: z.array(accessSchema).catch([]),
  createTime: seconds,
  cmd: text,
  envs: text,
  remark: text,
  metaKey: text,
  regionName: text,
  // The sandbox's extensions.
  hostKeys: z.array(z.string()).catch([]),
  statusSince: seconds,
  snapshotProgress: z.number().nullish().catch(undefined),
  accruedMilli: z.int().nullish().catch(undefined),
  autoRelease: z.boolean().nullish().catch(undefined),
});
export type GlowsInstance = z.infer<typeof instanceSchema>;

export const instanceAnswer = z.object({ instance: instanceSchema });
export const instanceListAnswer = z.object({
  instances: z.array(instanceSchema).nullable(),
  total: z.number().nullish().catch(undefined),
});
/** What `POST /instance` takes (docs: Create instance). */
export interface CreateRequest {
  readonly custom_meta_key: string;
  readonly from_image_id?: string;
  readonly from_snap_id?: string;
  readonly gpu_name?: string;
  readonly cpu_name?: string;
  readonly region_name: string;
  readonly unit_qty: number;
  readonly instance_category: 'container' | 'vm';
  readonly remark: string;
  readonly envs?: string;
  /** A JSON string: `[{"port":7890,"protocol":2}]`; 1 = SSH or TCP, 2 = HTTP. */
  readonly ports?: string;
  readonly datadrive?: { readonly drive_id: string; readonly read_only: boolean };
}

export const snapshotSchema = z.object({
  snapID: z.string().min(1),
  name: text,
  sizeMB: count,
  status: text,
  createTime: seconds,
  sourceInstanceID: text,
  sourceName: text,
  expiresAt: laxTime,
});
export type GlowsSnapshot = z.infer<typeof snapshotSchema>;
export const snapshotListAnswer = z.object({ snapshots: z.array(snapshotSchema).nullable() });

export const nothingAnswer = z.looseObject({});
export const capabilitiesAnswer = z.object({ capabilities: z.array(z.string()) });
