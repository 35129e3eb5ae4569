/** Instances of every connected account in one collection, and the detail of one. */
import { z } from 'zod';
import type { Delta, Snapshot } from './collection.ts';
import type { DetailTab, StateKind } from './constants.ts';
import { call, event, result } from './define.ts';
import type { TextRef } from './errors.ts';
import type { Money } from './money.ts';

/** `word` is the cloud's own, kept for display; transient states allow nothing until they settle. */
export interface State {
  readonly kind: StateKind;
  readonly word: string;
  readonly transient: boolean;
  readonly billed: 'full' | 'storage' | 'none' | 'unknown';
}

/** An action as one target sees it: allowed, or the rule that forbids it. */
export interface ActionOffer {
  readonly id: string;
  readonly rule?: TextRef;
}

/** An instance's place for SSH, without any secret. */
export interface SshAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

export interface Cost {
  /** What an hour costs now; absent when nobody said a price. */
  readonly perHour?: Money;
  readonly accrued?: Money;
  /** True: price × time worked out here. False: amounts the cloud stated. Never mixed. */
  readonly estimate: boolean;
}

/** Latest load, 0 to 1. */
export interface Load {
  readonly at: string;
  readonly cpu: number;
  readonly gpu?: number;
}

export interface Instance {
  /** Unique over all accounts: `<account>/<id>`. */
  readonly key: string;
  readonly account: string;
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly tags: readonly string[];
  readonly ssh?: SshAddress;
  /** The name in OpenSSH's own configuration that says its place, at every reading. */
  readonly follows?: string;
  readonly region?: string;
  readonly gpu?: string;
  readonly since?: string;
  readonly cost: Cost;
  readonly load?: Load;
  /** Locked here against everything that ends it; the cloud does not know. */
  readonly locked?: true;
  readonly actions: readonly ActionOffer[];
}

/** A line of a detail tab: `label` is a key under `facts` in the language files. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface HostKeyInfo {
  readonly type: string;
  /** `SHA256:…`, as ssh-keygen prints it. */
  readonly fingerprint: string;
}

export interface InstanceDetail {
  readonly key: string;
  /** Which tabs the cloud's parts can fill, in order. */
  readonly tabs: readonly DetailTab[];
  readonly sshCommand?: string;
  /** Whether the cloud gives a password that `reveal` can show. */
  readonly hasPassword: boolean;
  /** Keys this application trusts for the instance; empty before the first connection. */
  readonly hostKeys: readonly HostKeyInfo[];
  /** Keys the cloud itself tells: they are compared without a question, and nothing else counts. */
  readonly publishedHostKeys: readonly HostKeyInfo[];
  readonly config: readonly Fact[];
  readonly hardware: readonly Fact[];
}

/** A stretch of time at one price. */
export interface BillingLine {
  readonly from: string;
  readonly to: string;
  readonly perHour: Money;
  readonly amount: Money;
  readonly estimate: boolean;
  /** Still growing: `to` is the moment it was read. */
  readonly running?: true;
}

export const instanceKeySchema = z.string().min(3).max(300);

export const instances = {
  list: call(z.strictObject({}), result<Snapshot<Instance>>()),
  detail: call(z.strictObject({ key: instanceKeySchema }), result<InstanceDetail>()),
  /** The operator's own safety net: a locked instance is not released, stopped or deleted from here. */
  setLock: call(z.strictObject({ key: instanceKeySchema, locked: z.boolean() }), result<null>()),
  /** Oldest first. @throws unsupported where the cloud has no billing part */
  billing: call(z.strictObject({ key: instanceKeySchema }), result<readonly BillingLine[]>()),
  /**
   * The instance's password, shown because a person asked: one of the few secrets that come out.
   * With a master password set, that is asked again after 5 minutes.
   */
  reveal: call(z.strictObject({ key: instanceKeySchema }), result<{ readonly password: string }>()),
  changed: event<Delta<Instance>>(),
};
