/** What is filled in to write down servers, and to change one. */
import { z } from 'zod';
import { secretSchema } from '../../../preload/contract/vault.ts';
import { configAliasSchema, hostSchema, portSchema, userSchema } from '../ssh-address.ts';
import { jumpsSchema, loginSchema, nameSchema, priceSchema, tagsSchema } from './profile.ts';

const form = {
  name: nameSchema,
  host: hostSchema,
  port: portSchema,
  user: userSchema,
  tags: tagsSchema,
  login: loginSchema,
  /** Left out at an edit, both stay as they were; null is none. */
  configAlias: configAliasSchema.nullable().optional(),
  jumps: jumpsSchema.nullable().optional(),
  price: priceSchema.nullable(),
  password: secretSchema.optional(),
  privateKey: secretSchema.optional(),
  passphrase: secretSchema.optional(),
};
export const addInput = z.strictObject({
  servers: z.array(z.strictObject(form)).min(1).max(10_000),
});
export const editInput = z.strictObject({ ...form, forgetSecrets: z.boolean() });

export type ServerForm = z.infer<typeof addInput>['servers'][number];
export type ServerEdit = z.infer<typeof editInput>;
