/** Questions the core must ask a person: each has an id, who asks, and about which host. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import { call, event, result } from './define.ts';
import { secretSchema } from './vault.ts';

export interface PromptOwner {
  /** What is waiting for the answer. */
  readonly kind: 'terminal' | 'tunnel' | 'check' | 'monitor' | 'action' | 'files';
  readonly instance: string;
  /** The instance's name and place, to be shown with the question. */
  readonly name: string;
  readonly address: string;
  /** The jump host that asks, `user@host:port`, on the way to the address. */
  readonly hop?: string;
}

export type PromptQuestion =
  | {
      readonly kind: 'host-key';
      readonly keyType: string;
      readonly fingerprint: string;
      /** OpenSSH's picture of the fingerprint, to compare by eye. */
      readonly picture: string;
      /** Another instance was known at this address before: a new machine there has a new key. */
      readonly formerInstance?: string;
      /** OpenSSH's files trust an authority for this host, whose certificates cannot be checked here. */
      readonly certAuthority?: true;
    }
  | { readonly kind: 'password'; readonly user: string; readonly rejectedBefore: boolean }
  | { readonly kind: 'passphrase'; readonly keyName: string; readonly rejectedBefore: boolean }
  | {
      readonly kind: 'keyboard-interactive';
      /** The server's own words, hostile text. */
      readonly title: string;
      readonly instructions: string;
      readonly fields: readonly { readonly label: string; readonly echo: boolean }[];
    }
  | { readonly kind: 'unlock-vault'; readonly rejectedBefore: boolean }
  /** A command of the operator's OpenSSH configuration is to be run on this machine to reach the host. */
  | { readonly kind: 'proxy-command'; readonly command: string }
  /** A port is to be opened to more than this machine, or than the instance itself. */
  | {
      readonly kind: 'expose-port';
      /** On whose side the port is opened. */
      readonly side: 'here' | 'instance';
      readonly bindAddress: string;
      readonly port: number;
      /** Where whoever connects is led to. */
      readonly leadsTo: string;
    };

export interface Prompt {
  readonly id: string;
  readonly owner: PromptOwner;
  readonly question: PromptQuestion;
  readonly askedAt: string;
}

export const promptAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trust') }),
  /** Yes to a proxy command, for this host and this very command; or to an exposed port, this once. */
  z.strictObject({ kind: z.literal('allow') }),
  z.strictObject({ kind: z.literal('secret'), secret: secretSchema, remember: z.boolean() }),
  z.strictObject({
    kind: z.literal('fields'),
    values: z.array(z.string().max(64 * 1024)).max(20),
  }),
  z.strictObject({ kind: z.literal('cancel') }),
]);

export type PromptAnswer = z.infer<typeof promptAnswerSchema>;

export const prompts = {
  list: call(z.strictObject({}), result<Snapshot<Prompt>>()),
  /** `needs-vault`: the answer asks to remember and the operator has not said how secrets are kept; the question stays open. */
  answer: call(
    z.strictObject({ id: z.string().max(64), answer: promptAnswerSchema }),
    result<{ readonly kind: 'taken' } | { readonly kind: 'needs-vault' }>(),
  ),
  changed: event<Delta<Prompt>>(),
};
