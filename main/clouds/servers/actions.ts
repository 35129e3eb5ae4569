/** What may be done with own servers: write one down, change it, check it, forget its key, strike it off. */
import { z } from 'zod';
import { type Action, action, type InstanceTarget, ok } from '../cloud.ts';
import type { ServerBook } from './server-book.ts';
import { addInput, editInput, type ServerEdit, type ServerForm } from './server-form.ts';

const noInput = z.strictObject({});

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
