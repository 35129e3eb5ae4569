/** SSH commands as text: printing ours, and reading pasted ones as data. Nothing is ever run. */
import { isIP } from 'node:net';
import parseArgsString from 'string-argv';
import { disguise } from '../../../preload/contract/constants.ts';
import type { TextRef } from '../../../preload/contract/errors.ts';
import type { SshAddress } from '../../../preload/contract/instances.ts';
import type { ParsedCommand, PastedTunnel } from '../../../preload/contract/ssh.ts';
import { hostSchema, userSchema } from '../../clouds/ssh-address.ts';
import { parseJumpList } from '../ssh-config/jump-list.ts';
import { addForward, type ForwardOption, forwardOptions } from './forward-spec.ts';

export interface CommandPlace extends SshAddress {
  /** First hop first. */
  readonly jumps?: readonly SshAddress[];
  /** In the home directory's `.ssh`. */
  readonly keyName?: string;
}

export function sshCommand({ host, port, user, jumps = [], keyName }: CommandPlace): string {
  const way = jumps.map((jump) => `${jump.user}@${bracketed(jump.host)}:${jump.port}`).join(',');
  return [
    'ssh',
    ...(way === '' ? [] : ['-J', quoted(way)]),
    ...['-p', port],
    ...(keyName ? ['-i', `~/.ssh/${keyName}`] : []),
    quoted(`${user}@${host}`),
  ].join(' ');
}

/** A domain's backslash and a machine account's dollar mean something to a shell. */
const quoted = (word: string): string => (/[\\$]/.test(word) ? `'${word}'` : word);

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const maxLines = 200;

/** One result for each line that is not empty; a line that ends with a backslash goes on. */
export function parseCommands(text: string): readonly ParsedCommand[] {
  return text
    .replace(/\\(?:\r?\n|$)|\t/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, maxLines)
    .map(parseCommand);
}

/** Flags of ssh(1) without a value that change nothing here. */
const harmlessFlags = '46CGKNTVfgnqstvxYyXAakM';
/** Flags of ssh(1) with a value that we do not use: named, and left out. */
const unusedValues = 'BSWwbceEmOQ';
/** Options that run a command or lead the connection elsewhere. */
const unsafeOptions = [
  'proxycommand',
  'localcommand',
  'permitlocalcommand',
  'knownhostscommand',
  'pkcs11provider',
  'securitykeyprovider',
  'proxyusefdpass',
  'match',
  'include',
];
/** Options that would switch a protection off. */
const weakeningOptions = [
  'stricthostkeychecking',
  'userknownhostsfile',
  'globalknownhostsfile',
  'checkhostip',
];

const disguisesInLine = new RegExp(disguise, 'gu');

/** As in ssh(1), the first mention of each wins. */
interface Draft {
  /** What stands as the destination; another address for it may come with the option HostName. */
  host?: string;
  hostName?: string;
  user?: string;
  port?: number;
  keyName?: string;
  /** Empty for `none`. */
  jumps?: readonly { readonly user?: string; readonly host: string; readonly port: number }[];
  readonly tunnels: PastedTunnel[];
  readonly ignored: TextRef[];
}

class Refused extends Error {
  readonly rule: TextRef;
  constructor(id: string, params: TextRef['params'] = {}) {
    super(id);
    this.rule = { id, params };
  }
}

function parseCommand(line: string): ParsedCommand {
  const shown = line.slice(0, 500).replace(disguisesInLine, '\ufffd');
  try {
    return { kind: 'parsed', line: shown, ...parseWords(line) };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', line: shown, rule: error.rule };
    throw error;
  }
}

function parseWords(
  line: string,
): Omit<Extract<ParsedCommand, { kind: 'parsed' }>, 'kind' | 'line'> {
  if (line.length > 4000) throw new Refused('command-too-long');
  if (line.search(disguisesInLine) >= 0) throw new Refused('command-control-characters');
  const shell = /[;&|<>`]|\$\(/.exec(line.replace(/'[^']*'|"[^"$`]*"/g, ''));
  if (shell) throw new Refused('command-shell-syntax', { text: shell[0] });
  const words = parseArgsString(line.replace(/^\$\s+/, ''));
  if (words[0] === 'ssh' || /[\\/]ssh(\.exe)?$/.test(words[0] ?? '')) words.shift();
  const draft = readWords(words);
  if (!draft.host) throw new Refused('command-without-host');
  const host = draft.hostName ?? draft.host;
  if (!hostSchema.safeParse(host).success) {
    throw new Refused('host-invalid', { field: host.slice(0, 100) });
  }
  const user = draft.user ?? 'root';
  if (!userSchema.safeParse(user).success) {
    throw new Refused('user-invalid', { field: user.slice(0, 100) });
  }
  return {
    host,
    port: draft.port ?? 22,
    user,
    ...(draft.keyName && { keyName: draft.keyName }),
    ...(draft.jumps && draft.jumps.length > 0 && { jumps: draft.jumps }),
    ...(draft.tunnels.length > 0 && { tunnels: draft.tunnels }),
    ignored: draft.ignored,
  };
}

function readWords(words: string[]): Draft {
  const draft: Draft = { tunnels: [], ignored: [] };
  let flagsOver = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!flagsOver && word === '--') flagsOver = true;
    else if (!flagsOver && /^-./.test(word)) readFlags(word.slice(1), words, draft);
    else if (draft.host === undefined) readDestination(word, draft);
    else {
      draft.ignored.push({ id: 'command-remote-command' });
      break;
    }
  }
  return draft;
}

function readFlags(flags: string, rest: string[], draft: Draft): void {
  for (let index = 0; index < flags.length; index += 1) {
    const flag = flags[index] as string;
    if (harmlessFlags.includes(flag)) {
      if ('AXY'.includes(flag))
        draft.ignored.push({ id: 'command-option-ignored', params: { option: `-${flag}` } });
      continue;
    }
    const value = flags.slice(index + 1) || rest.shift();
    if (value === undefined) throw new Refused('command-value-missing', { option: `-${flag}` });
    readValue(flag, value, draft);
    return;
  }
}

function readValue(flag: string, value: string, draft: Draft): void {
  switch (flag) {
    case 'p':
      draft.port ??= readPort(value);
      return;
    case 'l':
      draft.user ??= value;
      return;
    case 'i':
      readKeyPath(value, draft);
      return;
    case 'o':
      readOption(value, draft);
      return;
    case 'J':
      draft.jumps ??= readJumps('-J', value);
      return;
    case 'L':
    case 'R':
    case 'D':
      readForward(flag, value, `-${flag} ${value}`, draft);
      return;
    case 'F':
    case 'I':
      throw new Refused('command-unsafe-option', { option: `-${flag}` });
    default:
      if (!unusedValues.includes(flag))
        throw new Refused('command-unknown-option', { option: `-${flag}` });
      draft.ignored.push({
        id: 'command-option-ignored',
        params: { option: `-${flag} ${value}`.slice(0, 100) },
      });
  }
}

function readOption(text: string, draft: Draft): void {
  const [, option = '', value = ''] =
    /^\s*"?([A-Za-z0-9]+)"?\s*(?:[=\s]\s*(.*))?$/.exec(text) ?? [];
  if (option === '') {
    throw new Refused('command-unknown-option', { option: `-o ${text.slice(0, 50)}` });
  }
  const name = option.toLowerCase();
  switch (name) {
    case 'port':
      draft.port ??= readPort(value);
      return;
    case 'user':
      draft.user ??= value;
      return;
    case 'hostname':
      draft.hostName ??= value;
      return;
    case 'identityfile':
      readKeyPath(value, draft);
      return;
    case 'proxyjump':
      draft.jumps ??= readJumps(option, value);
      return;
  }
  const forward = forwardOptions[name];
  if (forward) {
    readForward(forward, value, option, draft);
    return;
  }
  if (unsafeOptions.includes(name)) throw new Refused('command-unsafe-option', { option });
  const id = weakeningOptions.includes(name)
    ? 'command-weakening-ignored'
    : 'command-option-ignored';
  draft.ignored.push({ id, params: { option } });
}

function readForward(kind: ForwardOption, text: string, option: string, draft: Draft): void {
  if (addForward(draft.tunnels, kind, text)) return;
  draft.ignored.push({ id: 'command-option-ignored', params: { option: option.slice(0, 100) } });
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new Refused('port-out-of-range', { port: text.slice(0, 20) });
  return port;
}

const mostJumps = 8;

function readJumps(option: string, text: string): NonNullable<Draft['jumps']> {
  const jumps = parseJumpList(text)?.map(({ port = 22, ...jump }) => ({ ...jump, port }));
  const isPlace = ({ host, user }: { host: string; user?: string }) =>
    hostSchema.safeParse(host).success && userSchema.optional().safeParse(user).success;
  if (jumps && jumps.length <= mostJumps && jumps.every(isPlace)) return jumps;
  throw new Refused('command-jump-host', { option });
}

/** Only the name of a key in `.ssh` is taken; a key elsewhere is chosen in the form. */
function readKeyPath(path: string, draft: Draft): void {
  const [, name] =
    /^(?:~|\$HOME|\/root|\/home\/[^/]+|\/Users\/[^/]+)?\/?\.ssh\/([\w.@+-]+)$/.exec(path) ?? [];
  if (name) draft.keyName ??= name;
  else draft.ignored.push({ id: 'command-key-elsewhere', params: { path: path.slice(0, 200) } });
}

/** `host`, `user@host`, `ssh://user@host:port`, an IPv6 address with or without brackets. */
function readDestination(word: string, draft: Draft): void {
  const uri = /^ssh:\/\/(?:([^@/]+)@)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(word);
  if (uri) {
    if (uri[1]) draft.user ??= decodeUser(uri[1]);
    if (uri[3]) draft.port ??= readPort(uri[3]);
    draft.host = unbracket(uri[2] ?? '');
    return;
  }
  const at = word.lastIndexOf('@');
  if (at > 0) draft.user ??= word.slice(0, at);
  draft.host = unbracket(word.slice(at + 1));
}

function decodeUser(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refused('user-invalid', { field: text.slice(0, 100) });
  }
}

const unbracket = (host: string): string =>
  host.startsWith('[') && host.endsWith(']') && isIP(host.slice(1, -1)) === 6
    ? host.slice(1, -1)
    : host;
