/** The interface every cloud stands behind: two required verbs, optional parts, and actions as data. */
import type { z } from 'zod';
import type { DataDrive, HardwareSpec, Image } from '../../preload/contract/catalogue.ts';
import type { DetailTab } from '../../preload/contract/constants.ts';
import type { TextRef } from '../../preload/contract/errors.ts';
import type { NetworkGroup } from '../../preload/contract/groups.ts';
import type {
  BillingLine,
  Cost,
  Fact,
  HostKeyInfo,
  SshAddress,
  State,
} from '../../preload/contract/instances.ts';
import type { Sample } from '../../preload/contract/metrics.ts';
import type { PortForwarding } from '../../preload/contract/ports.ts';
import type { SavedSnapshot, StorageUse } from '../../preload/contract/snapshots.ts';
import type { Clock } from '../core/clock.ts';
import type { JobPlan } from '../core/job-plan.ts';
import type { Vault } from '../core/vault.ts';

/** An instance as its cloud knows it; account, offers and load are added by the fleet. */
export interface CloudInstance {
  readonly id: string;
  readonly name: string;
  readonly state: State;
  readonly tags: readonly string[];
  readonly ssh?: SshAddress;
  readonly follows?: string;
  readonly region?: string;
  readonly gpu?: string;
  /** When it came to be, or was first known; ISO 8601 UTC. */
  readonly since?: string;
  readonly cost: Cost;
}

/** How to get into an instance. Secrets are read when they are needed, never carried along. */
export interface SshAccess extends SshAddress {
  /** Under what name its host keys are known; an instance id where addresses are used again. */
  readonly hostKeyName: string;
  /** Keys the cloud publishes for it, as in a known_hosts line: `ssh-ed25519 AAAA…`. Compared without a question. */
  readonly publishedHostKeys: readonly string[];
  /** Files in OpenSSH's known_hosts format that are read for it besides the usual ones. */
  readonly knownHostsFiles?: readonly string[];
  readonly login: SshLogin;
  /** Machines on the way, first hop first, each entered in its own right. */
  readonly jumps?: readonly SshAccess[];
  /** Instead of a TCP connection; run only after consent. Already expanded. */
  readonly proxyCommand?: string;
  /** Seconds; 0 = none. Absent: as usual. */
  readonly keepaliveSeconds?: number;
  /** The name in OpenSSH's configuration it follows. */
  readonly follows?: string;
}

export type SshLogin =
  /** Agent, the usual keys, then a password. */
  | { readonly kind: 'automatic'; readonly passwordId: string }
  | { readonly kind: 'agent' }
  /** The files OpenSSH's configuration names, in its order, then a password. */
  | {
      readonly kind: 'identities';
      /** Absolute paths of private keys. */
      readonly files: readonly string[];
      /** Whether keys of the agent that are not named are tried too (not IdentitiesOnly). */
      readonly agent: boolean;
      /** Another agent than the usual one; `none` = no agent at all. */
      readonly agentSocket?: string;
      readonly passwordId: string;
    }
  | { readonly kind: 'password'; readonly passwordId: string }
  | {
      readonly kind: 'key';
      /** A file name in the home directory's `.ssh`. */
      readonly keyName: string;
      readonly passphraseId: string;
    }
  /** A password the cloud itself tells. */
  | { readonly kind: 'given-password'; read(): Promise<string | undefined> }
  | {
      readonly kind: 'stored-key';
      readonly keyId: string;
      readonly passphraseId: string;
    };

/** Optional abilities: present or absent, and `Object.keys` of them is what the account says it can. */
export interface CloudParts {
  readonly access?: {
    access(instance: string): Promise<SshAccess>;
    /** Told whether anybody of ours is in: a machine that was entered is there, whatever was seen from outside. */
    entered?(instance: string, isIn: boolean): void;
  };
  readonly config?: { facts(instance: string): Promise<readonly Fact[]> };
  readonly hardware?: { facts(instance: string): Promise<readonly Fact[]> };
  /** The instance's own password, for a person to see. */
  readonly password?: { read(instance: string): Promise<string | undefined> };
  readonly ports?: {
    list(instance: string, signal: AbortSignal): Promise<readonly PortForwarding[]>;
    add(instance: string, port: NewPort, signal: AbortSignal): Promise<void>;
    change(instance: string, id: string, port: NewPort, signal: AbortSignal): Promise<void>;
    remove(instance: string, id: string, signal: AbortSignal): Promise<void>;
  };
  readonly metrics?: {
    /** At most 300 samples between two times, milliseconds since 1970. */
    read(
      instance: string,
      fromMs: number,
      toMs: number,
      signal: AbortSignal,
    ): Promise<{
      readonly stepMs: number;
      readonly samples: readonly Sample[];
    }>;
  };
  readonly snapshots?: {
    list(signal: AbortSignal): Promise<readonly Omit<SavedSnapshot, 'account'>[]>;
    rename(id: string, name: string, signal: AbortSignal): Promise<void>;
    remove(id: string, forGood: boolean, signal: AbortSignal): Promise<void>;
    restore(id: string, signal: AbortSignal): Promise<void>;
  };
  readonly storage?: { read(signal: AbortSignal): Promise<Omit<StorageUse, 'account'>> };
  readonly groups?: {
    /** Members by the instances' own ids. */
    list(signal: AbortSignal): Promise<readonly NetworkGroup[]>;
    create(name: string, signal: AbortSignal): Promise<void>;
    join(group: string, instance: string, signal: AbortSignal): Promise<void>;
    leave(group: string, instance: string, signal: AbortSignal): Promise<void>;
  };
  readonly catalogue?: {
    images(signal: AbortSignal): Promise<readonly Image[]>;
    hardware(signal: AbortSignal): Promise<readonly HardwareSpec[]>;
    dataDrives(signal: AbortSignal): Promise<readonly DataDrive[]>;
  };
  readonly billing?: {
    lines(instance: string, signal: AbortSignal): Promise<readonly BillingLine[]>;
  };
}

export interface NewPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'https';
}

export interface Cloud {
  /** Whether the account works. @throws CloudError saying why not */
  check(signal: AbortSignal): Promise<void>;
  /** How often the instances are read when nothing is in transition. */
  readonly readEveryMs: number;
  /** Slow looking-around that goes with every periodic reading; its results show in the next list. */
  probe?(signal: AbortSignal): Promise<void>;
  /** Every instance. @throws CloudError; a failure is never an empty list */
  listInstances(signal: AbortSignal): Promise<readonly CloudInstance[]>;
  /** The list is written here: an instance that is not in it any more was struck off by the operator. */
  readonly keepsItsOwnList?: true;
  readonly parts: CloudParts;
  /** Detail tabs open in a state; absent: all that the parts can fill. */
  tabsIn?(state: State): readonly DetailTab[];
}

/** What the core lends a cloud for one account. */
export interface CloudContext {
  readonly account: string;
  readonly clock: Clock;
  readonly vault: Vault;
  /** Resolves once `readConfig` and `secret` can tell: at once, but for the sandbox, which has to start. */
  ready(): Promise<void>;
  /** The account's own settings, validated by the cloud itself; never a secret. */
  readConfig(): unknown;
  /** A secret of the account, such as its token. @throws CloudError unauthenticated `vault-locked` */
  secret(name: string): Promise<string | undefined>;
  /** @throws CloudError when the disk refuses */
  writeConfig(config: unknown): void;
  /** Reads the instances again soon, because they changed. */
  changed(): void;
  readonly hostKeys: HostKeys;
  readonly sshConfig: SshConfig;
  /** Whether the operator's options put other machines before an instance; undefined: they leave that to its access. */
  isPutBehind(instance: string): boolean | undefined;
}

/** OpenSSH's own configuration, as far as a cloud may follow it. */
export interface SshConfig {
  /**
   * The way in under a name, as the files say now; undefined when no Host line has the name.
   * @throws CloudError invalid, saying why the name leads nowhere
   */
  access(alias: string): SshAccess | undefined;
  /** Told after a file of the configuration was changed. */
  onChange(handler: () => void): void;
}

/** The host keys this application trusts, as far as a cloud may touch them. */
export interface HostKeys {
  /** Forgets the keys known under a name. */
  forget(name: string): void;
  /** Forgets the keys of the machines on the way to an instance that are in no list themselves. */
  forgetOnTheWay(instance: string): Promise<void>;
  /** Connects as far as the host key, without logging in; an unknown key is asked about. @throws CloudError */
  verify(instance: string, signal: AbortSignal): Promise<HostKeyInfo>;
}

export type Verdict = { readonly kind: 'ok' } | { readonly kind: 'no'; readonly rule: TextRef };

export const ok: Verdict = { kind: 'ok' };
export const no = (id: string, params?: TextRef['params']): Verdict => ({
  kind: 'no',
  rule: params ? { id, params } : { id },
});

/** One numbered part of an action's work. */
export interface Step {
  readonly id: string;
  run(signal: AbortSignal): Promise<StepResult>;
}

export interface StepResult {
  /** Worth telling the operator; worded under `facts`. */
  readonly facts: readonly TextRef[];
  /** Ids of instances that came to be. */
  readonly created: readonly string[];
}

/**
 * What may be done, when, and why not. One `allowed` draws the disabled button with its reason
 * and guards the call in main.
 */
export type Action<Target, Input = unknown> = ActionTerms<Target, Input> &
  (AtOnce<Target, Input> | AsJob<Input>);

interface ActionTerms<Target, Input> {
  readonly id: string;
  readonly target: 'account' | 'instance';
  readonly weight: 'primary' | 'normal' | 'danger';
  readonly confirm: boolean;
  readonly consequences: readonly TextRef[];
  allowed(target: Target): Verdict;
  /** No transforms: the same schema is sent to the page as JSON Schema. */
  readonly input: z.ZodType<Input>;
  readonly choices: Readonly<Record<string, string>>;
  /** True when it ends the instance, by nature (without input) or with this input: the local lock bars it. */
  endsInstance?(input: Input | undefined): boolean;
  /** True when running it with this input saves a secret. */
  savesSecret?(input: Input): boolean;
}

/** Done while the page waits; nothing is left to do after a crash. */
interface AtOnce<Target, Input> {
  plan(target: Target, input: Input): readonly Step[];
}

/** Written down before it begins and finished exactly once, whatever happens to the application. */
interface AsJob<Input> {
  /** @param instance the target's id; absent for an action on the account. Input without secrets. */
  job(instance: string | undefined, input: Input): JobPlan;
}

/** Keeps an action's own input type inside, so that actions of many inputs stand in one table. */
export function action<Target, Input>(definition: Action<Target, Input>): Action<Target> {
  return definition as unknown as Action<Target>;
}

/** What an action on an instance is asked about. */
export interface InstanceTarget {
  readonly instance: CloudInstance;
}

/** A cloud as the catalogue lists it. */
export interface CloudKind {
  readonly id: string;
  /** The cloud's own console in the browser, and the parts it has whether or not the API offers them. */
  readonly console?: { readonly url: string; readonly parts: readonly (keyof CloudParts)[] };
  /** What an account needs to be connected; absent for clouds that are just there. */
  readonly connection?: {
    readonly input: z.ZodType;
    readonly secrets: readonly string[];
  };
  create(context: CloudContext): {
    readonly cloud: Cloud;
    readonly accountActions: readonly Action<null>[];
    readonly instanceActions: readonly Action<InstanceTarget>[];
  };
}

/** The rule every cloud shares: a transient state allows nothing until it settles. */
export function settled(state: State): Verdict {
  return state.transient ? no('state-transient', { state: state.word }) : ok;
}

/** The first verdict that says no, else ok. */
export function all(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => verdict.kind === 'no') ?? ok;
}
