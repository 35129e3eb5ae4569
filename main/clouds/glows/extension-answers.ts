/** The shapes of the sandbox's extension endpoints, for what Glows.ai's console has and its API lacks. */
import { z } from 'zod';
import { laxTime, time } from './answers.ts';

const text = z.string().catch('');
const count = z.number().catch(0);
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullable()
    .transform((items) => items ?? []);

export const portsAnswer = z.object({
  ports: list(
    z.object({
      id: z.string(),
      port: z.number(),
      protocol: z.number(),
      https: z.boolean().catch(false),
      servicePort: z.number().nullish().catch(undefined),
      url: text,
      editable: z.boolean().catch(false),
    }),
  ),
});

export const metricsAnswer = z.object({
  /** The cloud's own time. */
  now: z.number().optional(),
  stepMs: z.number().positive(),
  samples: list(
    z.object({
      at: time,
      cpu: count,
      memUsedMB: count,
      memTotalMB: count,
      diskUsedGB: count,
      diskTotalGB: count,
      netInBps: count,
      netOutBps: count,
      gpus: z
        .array(z.object({ name: text, util: count, memUsedMB: count, memTotalMB: count }))
        .catch([]),
    }),
  ),
});

export const billingAnswer = z.object({
  balanceMilli: z.number(),
  lines: list(
    z.object({
      id: z.string(),
      instanceID: text,
      instanceName: text,
      kind: text,
      from: time,
      to: time.nullish(),
      priceCent: count,
      amountMilli: z.int(),
    }),
  ),
});

export const storageAnswer = z.object({
  quotaMB: z.number(),
  usedMB: z.number(),
  expiresAt: laxTime,
  items: list(z.object({ kind: text, name: text, sizeMB: count })),
});

export const meshAnswer = z.object({
  groups: list(
    z.object({
      id: z.string(),
      name: text,
      capacity: count,
      members: list(
        z.object({
          instanceID: z.string(),
          name: text,
          ip: text,
          bandwidthMbps: z.number().nullish().catch(undefined),
          status: text,
        }),
      ),
    }),
  ),
});

export const imagesAnswer = z.object({
  images: list(z.object({ imageID: z.string(), imageName: text, description: text })),
});

export const specsAnswer = z.object({
  specs: list(
    z.object({
      gpuName: text,
      cpuName: text,
      machineCategory: count,
      regionName: text,
      gpuNum: count,
      gpuRamMB: count,
      cpuCoresNum: count,
      ramMB: count,
      diskGB: count,
      priceCent: count,
      availUnits: z.number().nullish().catch(undefined),
      maxUnits: z.number().catch(1),
    }),
  ),
});

export const dataDrivesAnswer = z.object({
  drives: list(z.object({ id: z.string(), regionName: text, totalMB: count, usedMB: count })),
});
