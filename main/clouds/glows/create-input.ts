/** What an instance is created from, checked before it becomes a job. */
import { z } from 'zod';
import { glowsNameSchema } from './glows-name.ts';

/** The published API names no limits; these keep a request small. */
const mostPorts = 18;
const mostVariables = 100;

/** Names as a shell takes them; `;` parts one variable from the next in what the API takes. */
const environmentSchema = z
  .record(z.string().min(1).max(128), z.string().max(4096))
  .refine((variables) => Object.keys(variables).length <= mostVariables, {
    error: 'rule:environment-too-large',
  })
  .refine((variables) => Object.keys(variables).every((name) => /^[A-Za-z_]\w*$/.test(name)), {
    error: 'rule:environment-name-invalid',
  })
  .refine((variables) => Object.values(variables).every((value) => !/[;\0\r\n]/.test(value)), {
    error: 'rule:environment-value-invalid',
  });

export const createInput = z.strictObject({
  name: glowsNameSchema,
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('image'), id: z.string().min(1).max(64) }),
    z.strictObject({ kind: z.literal('snapshot'), id: z.string().min(1).max(64) }),
  ]),
  hardware: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('gpu'), name: z.string().min(1).max(128) }),
    z.strictObject({ kind: z.literal('cpu'), name: z.string().min(1).max(128) }),
  ]),
  region: z.string().min(1).max(32),
  units: z.int().min(1).max(64),
  /** Can be mounted at creation only. */
  dataDrive: z.strictObject({ id: z.string().min(1).max(64), readOnly: z.boolean() }).optional(),
  /** Besides those that every instance has. */
  ports: z
    .array(z.strictObject({ port: z.int().min(1).max(65_535), protocol: z.enum(['tcp', 'https']) }))
    .max(mostPorts)
    .optional(),
  environment: environmentSchema.optional(),
});
export type CreateInput = z.infer<typeof createInput>;
