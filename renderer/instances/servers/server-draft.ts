/** A server as it is being typed: every field a text, so that nothing typed is lost; and what it comes to. */
import type { Fact, Instance } from '../../../preload/contract/instances.ts';
import type { Money } from '../../../preload/contract/money.ts';
import type { ConfigHost, ParsedCommand, PastedTunnel } from '../../../preload/contract/ssh.ts';
import { type JumpPlace, jumpPlacesText, readJumpPlaces } from './jump-places.ts';

export const loginKinds = ['automatic', 'agent', 'password', 'key', 'stored-key'] as const;
export type LoginKind = (typeof loginKinds)[number];

export interface ServerDraft {
  readonly id: number;
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** Machines on the way, as `readJumpPlaces` reads them. */
  readonly jumps: string;
  /** The name followed in OpenSSH's configuration: place, way and login come from there. Empty: none. */
  readonly configAlias: string;
  readonly login: LoginKind;
  readonly keyName: string;
  readonly password: string;
  readonly privateKey: string;
  readonly passphrase: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly price: string;
  readonly currency: string;
  /** Asked for by the command it came from: offered once the server is there. */
  readonly tunnels: readonly PastedTunnel[];
}

type Login =
  | { readonly kind: Exclude<LoginKind, 'key'> }
  | { readonly kind: 'key'; readonly keyName: string };

/** What the actions `add-servers` and `edit-server` take for one server. */
export interface ServerForm {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** null: none. */
  readonly jumps: readonly JumpPlace[] | null;
  readonly configAlias: string | null;
  readonly tags: readonly string[];
  readonly login: Login;
  readonly price: Money | null;
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
}

export type DraftField = 'host' | 'port' | 'user' | 'jumps' | 'price' | 'currency' | 'privateKey';
/** Field → key of the reason under `instances:server.problem`. */
export type Problems = Readonly<Partial<Record<DraftField, string>>>;

export function emptyDraft(id: number): ServerDraft {
  return {
    id,
    name: '',
    host: '',
    port: '22',
    user: 'root',
    jumps: '',
    configAlias: '',
    login: 'automatic',
    keyName: '',
    password: '',
    privateKey: '',
    passphrase: '',
    tags: '',
    price: '',
    currency: 'USD',
    tunnels: [],
  };
}

export function draftsOf(commands: readonly ParsedCommand[]): readonly ServerDraft[] {
  return commands.flatMap((command, index) =>
    command.kind === 'parsed'
      ? [
          {
            ...emptyDraft(index),
            name: command.host,
            host: command.host,
            port: String(command.port),
            user: command.user,
            jumps: jumpPlacesText(command.jumps ?? []),
            configAlias: command.configAlias ?? '',
            tunnels: command.tunnels ?? [],
            ...(command.keyName && { login: 'key' as const, keyName: command.keyName }),
          },
        ]
      : [],
  );
}

/** Hosts of OpenSSH's configuration that are to be followed: what is written down of them is only what holds just now. */
export function draftsOfConfig(hosts: readonly ConfigHost[]): readonly ServerDraft[] {
  return hosts.map(({ alias, host, port, user }, index) => ({
    ...emptyDraft(index),
    name: alias,
    host,
    port: String(port),
    user,
    configAlias: alias,
  }));
}

/** An instance that is there, as far as the page may know it: its secrets stay where they are. */
export function draftOfInstance(instance: Instance, config: readonly Fact[]): ServerDraft {
  const fact = (label: string) => config.find((one) => one.label === label)?.value;
  const { perHour } = instance.cost;
  return {
    ...emptyDraft(0),
    name: instance.name,
    host: instance.ssh?.host ?? fact('host') ?? '',
    port: String(instance.ssh?.port ?? fact('port') ?? 22),
    user: instance.ssh?.user ?? fact('user') ?? '',
    jumps: jumpPlacesText(readJumpPlaces(fact('jumps') ?? '') ?? []),
    configAlias: instance.follows ?? '',
    login: loginKinds.find((kind) => kind === fact('login')) ?? 'automatic',
    keyName: fact('key-name') ?? '',
    tags: instance.tags.join(', '),
    ...(perHour && { price: amountText(perHour), currency: perHour.currency }),
  };
}

function amountText({ minor, decimals }: Money): string {
  return (minor / 10 ** decimals).toFixed(decimals);
}

/** `0.65` is 65 of a hundredth; a price has at least two decimals and at most six. */
export function readPrice(text: string, currency: string): Money | undefined {
  const match = /^(\d{1,6})(?:[.,](\d{0,6}))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = (match[2] ?? '').padEnd(2, '0');
  return { currency, minor: Number(`${match[1]}${fraction}`), decimals: fraction.length };
}

export function problemsOf(draft: ServerDraft, keepsKey = false): Problems {
  const port = Number(draft.port);
  return {
    ...(draft.host.trim() === '' && { host: 'hostMissing' }),
    ...(!(Number.isInteger(port) && port >= 1 && port <= 65_535) && { port: 'portRange' }),
    ...(draft.user.trim() === '' && { user: 'userMissing' }),
    ...(!readJumpPlaces(draft.jumps) && { jumps: 'jumpsUnread' }),
    ...(draft.price.trim() !== '' &&
      !readPrice(draft.price, draft.currency) && { price: 'priceUnread' }),
    ...(draft.price.trim() !== '' &&
      !/^[A-Za-z]{2,10}$/.test(draft.currency.trim()) && { currency: 'currencyUnread' }),
    ...(draft.login === 'stored-key' &&
      draft.configAlias === '' &&
      draft.privateKey.trim() === '' &&
      !keepsKey && { privateKey: 'keyMissing' }),
  };
}

/** Call it on a draft without problems. */
export function toServerForm(draft: ServerDraft): ServerForm {
  const { password, privateKey, passphrase } = draft;
  // What is followed says how to log in.
  const login = draft.configAlias ? 'automatic' : draft.login;
  const host = draft.host.trim();
  const takesPassword = login === 'automatic' || login === 'password';
  const takesPassphrase = login === 'key' || login === 'stored-key';
  const jumps = readJumpPlaces(draft.jumps) ?? [];
  return {
    name: draft.name.trim() || host,
    host,
    port: Number(draft.port),
    user: draft.user.trim(),
    jumps: jumps.length > 0 ? jumps : null,
    configAlias: draft.configAlias || null,
    tags: [...new Set(draft.tags.split(',').map((tag) => tag.trim()))].filter(Boolean),
    login: login === 'key' ? { kind: 'key', keyName: draft.keyName } : { kind: login },
    price: readPrice(draft.price, draft.currency.trim()) ?? null,
    ...(takesPassword && password && { password }),
    ...(login === 'stored-key' && privateKey.trim() && { privateKey: `${privateKey.trim()}\n` }),
    ...(takesPassphrase && passphrase && { passphrase }),
  };
}

/** @param created keys of the instances, one for each draft */
export const offersOf = (drafts: readonly ServerDraft[], created: readonly string[]) =>
  drafts.flatMap(({ tunnels }, index) => {
    const instance = created[index];
    return instance === undefined ? [] : tunnels.map((tunnel) => ({ instance, tunnel }));
  });

/** What fields of a draft are given. */
export interface ServerFieldsProps {
  readonly draft: ServerDraft;
  readonly problems: Problems;
  readonly onChange: (draft: ServerDraft) => void;
  /** Secrets are kept already: an empty field leaves them as they are. */
  readonly keepsSecrets?: boolean;
}
