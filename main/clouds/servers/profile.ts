/** A server the operator wrote down: its place, how to log in, what it costs. Without any secret. */
import { z } from 'zod';
import { disguise } from '../../../preload/contract/constants.ts';
import { configAliasSchema, hostSchema, portSchema, userSchema } from '../ssh-address.ts';

const unprintable = new RegExp(disguise, 'u');

export const nameSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !unprintable.test(name) && name.trim() === name, {
    error: 'rule:name-unprintable',
  });

/** One that was accepted when it was written down, by whatever rule held then, is not lost for a stricter one. */
const writtenNameSchema = z.string().min(1).max(200);

export const tagsSchema = z.array(nameSchema.max(64)).max(20);

export const priceSchema = z.strictObject({
  currency: z.string().regex(/^[A-Za-z]{2,10}$/, { error: 'rule:currency-invalid' }),
  minor: z.int().min(0).max(1_000_000_000),
  decimals: z.int().min(0).max(6),
});

export const loginSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('automatic') }),
  z.strictObject({ kind: z.literal('agent') }),
  z.strictObject({ kind: z.literal('password') }),
  z.strictObject({ kind: z.literal('key'), keyName: z.string().regex(/^[\w.@+-]{1,200}$/) }),
  z.strictObject({ kind: z.literal('stored-key') }),
]);

/** Machines on the way, first hop first; without a user it is the server's own. */
export const jumpsSchema = z
  .array(z.strictObject({ host: hostSchema, port: portSchema, user: userSchema.optional() }))
  .max(8);

export const profileSchema = z.strictObject({
  id: z.string(),
  name: writtenNameSchema,
  host: hostSchema,
  port: portSchema,
  user: userSchema,
  login: loginSchema,
  /** The name in OpenSSH's configuration it follows; place, way and login are then as they were when last written down. */
  configAlias: configAliasSchema.optional(),
  jumps: jumpsSchema.optional(),
  tags: z.array(writtenNameSchema),
  addedAt: z.iso.datetime(),
  /** Prices with the time each began; the last one holds now. */
  prices: z.array(z.strictObject({ from: z.iso.datetime(), perHour: priceSchema.nullable() })),
});

export type ServerProfile = z.infer<typeof profileSchema>;

/** More than this is refused when servers are added. */
export const maxServers = 20_000;

export const configSchema = z.strictObject({
  servers: z.array(profileSchema).default([]),
});

/** Where the passwords of a server's jump hosts rest in the vault: each with its place, so that no other ever gets it. */
export const jumpPasswordIds = (
  account: string,
  { id, user, jumps = [] }: Pick<ServerProfile, 'id' | 'user' | 'jumps'>,
): readonly string[] =>
  jumps.map((jump) => `${account}/${id}/jump/${jump.user ?? user}@${jump.host}:${jump.port}`);

/** Where a server's secrets rest in the vault. */
export const secretIds = (account: string, server: string) => ({
  password: `${account}/${server}/password`,
  privateKey: `${account}/${server}/private-key`,
  passphrase: `${account}/${server}/passphrase`,
});
