/** What may be done with own servers: write one down, change it, check it, forget its key, strike it off. */
import { z } from 'zod';
import { secretSchema } from '../../../preload/contract/vault.ts';
import { type Action, action, type InstanceTarget, ok } from '../cloud.ts';
import { configAliasSchema, hostSchema, portSchema, userSchema } from '../ssh-address.ts';
import { jumpsSchema, loginSchema, nameSchema, priceSchema, tagsSchema } from './profile.ts';
import type { ServerBook } from './server-book.ts';

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
const addInput = z.strictObject({ servers: z.array(z.strictObject(form)).min(1).max(10_000) });
const editInput = z.strictObject({ ...form, forgetSecrets: z.boolean() });
const noInput = z.strictObject({});

export type ServerForm = z.infer<typeof addInput>['servers'][number];
export type ServerEdit = z.infer<typeof editInput>;

const hasSecret = (input: Pick<ServerForm, 'password' | 'privateKey' | 'passphrase'>): boolean =>
  (input.password ?? input.privateKey ?? input.passphrase) !== undefined;

const common = { choices: {}, allowed: () => ok } as const;

export function accountActions(book: ServerBook): readonly Action<null>[] {
  return [
    action<null, z.infer<typeof addInput>>({
      ...common,
      id: 'add-servers',
      target: 'account',
      weight: 'primary',
      confirm: false,
      consequences: [],
      input: addInput,
      savesSecret: ({ servers }) => servers.some(hasSecret),
      plan: (_target, { servers }) => [
        { id: 'write-down', run: async () => ({ created: await book.add(servers), facts: [] }) },
      ],
    }),
  ];
}

export function instanceActions(book: ServerBook): readonly Action<InstanceTarget>[] {
  return [
    action<InstanceTarget, Record<string, never>>({
      ...common,
      id: 'check-server',
      target: 'instance',
      weight: 'normal',
      confirm: false,
      consequences: [],
      input: noInput,
      plan: ({ instance }) => [
        {
          id: 'reach',
          run: async (signal) => ({ created: [], facts: await book.check(instance.id, signal) }),
        },
        {
          id: 'verify-host-key',
          run: async (signal) => {
            const key = await book.verifyHostKey(instance.id, signal);
            return { created: [], facts: [{ id: 'host-key-trusted', params: { ...key } }] };
          },
        },
      ],
    }),
    action<InstanceTarget, ServerEdit>({
      ...common,
      id: 'edit-server',
      target: 'instance',
      weight: 'normal',
      confirm: false,
      consequences: [],
      input: editInput,
      savesSecret: hasSecret,
      plan: ({ instance }, input) => [
        {
          id: 'write-down',
          run: async () => {
            await book.edit(instance.id, input);
            return { created: [], facts: [] };
          },
        },
      ],
    }),
    action<InstanceTarget, Record<string, never>>({
      ...common,
      id: 'forget-host-key',
      target: 'instance',
      weight: 'danger',
      confirm: true,
      consequences: [{ id: 'forget-host-key' }],
      input: noInput,
      plan: ({ instance }) => [
        {
          id: 'forget',
          run: async () => {
            await book.forgetHostKey(instance.id);
            return { created: [], facts: [] };
          },
        },
      ],
    }),
    action<InstanceTarget, Record<string, never>>({
      ...common,
      id: 'remove-server',
      target: 'instance',
      weight: 'danger',
      confirm: true,
      consequences: [{ id: 'remove-server' }, { id: 'remove-server-machine-stays' }],
      input: noInput,
      plan: ({ instance }) => [
        {
          id: 'strike-off',
          run: async () => {
            book.remove(instance.id);
            return { created: [], facts: [] };
          },
        },
      ],
    }),
  ];
}
