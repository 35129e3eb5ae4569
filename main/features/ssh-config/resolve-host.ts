/** What OpenSSH's configuration means for one host: where, as whom, with which keys, by which way; and what is not used of it. */
import type { TextRef } from '../../../preload/contract/errors.ts';
import { type ConfigValues, expandHostName } from './config-values.ts';

/** Paths and commands still have their tokens. */
export interface ResolvedHost {
  readonly alias: string;
  readonly host: string;
  /** Undefined where none can be read from what stands there. */
  readonly port: number | undefined;
  readonly user: string;
  /** None: OpenSSH's usual ones. */
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  readonly identityAgent?: string;
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
  /** Seconds; 0 = none. */
  readonly keepaliveSeconds?: number;
  readonly hostKeyAlias?: string;
  /** Where its host keys are looked up, if not in the usual files. */
  readonly knownHostsFiles: readonly string[];
  /** What is not used of it, and why. */
  readonly notes: readonly TextRef[];
}

/** Run something on this machine or there, which a configuration must not do by itself. */
const neverRun = ['localcommand', 'remotecommand', 'knownhostscommand'];
const notUsed: Readonly<Record<string, string>> = {
  addkeystoagent: 'AddKeysToAgent',
  bindaddress: 'BindAddress',
  bindinterface: 'BindInterface',
  canonicalizehostname: 'CanonicalizeHostname',
  ciphers: 'Ciphers',
  dynamicforward: 'DynamicForward',
  forwardagent: 'ForwardAgent',
  forwardx11: 'ForwardX11',
  hostkeyalgorithms: 'HostKeyAlgorithms',
  kexalgorithms: 'KexAlgorithms',
  localforward: 'LocalForward',
  macs: 'MACs',
  passwordauthentication: 'PasswordAuthentication',
  pkcs11provider: 'PKCS11Provider',
  preferredauthentications: 'PreferredAuthentications',
  pubkeyauthentication: 'PubkeyAuthentication',
  remoteforward: 'RemoteForward',
  revokedhostkeys: 'RevokedHostKeys',
};
const commandNames: Readonly<Record<string, string>> = {
  localcommand: 'LocalCommand',
  remotecommand: 'RemoteCommand',
  knownhostscommand: 'KnownHostsCommand',
};
/** Said only when it asks for something: these are what happens here anyway. */
const asUsual: Readonly<Record<string, RegExp>> = {
  addkeystoagent: /^no$/i,
  canonicalizehostname: /^no$/i,
  forwardagent: /^no$/i,
  forwardx11: /^no$/i,
  passwordauthentication: /^yes$/i,
  pubkeyauthentication: /^yes$/i,
};

/** @param givenPort of the command line, where it wins */
export function resolveHost(
  values: ConfigValues,
  { alias, user, localUser }: { alias: string; user?: string; localUser: string },
  givenPort?: number,
): ResolvedHost {
  const notes: TextRef[] = [];
  const word = (keyword: string) => values.first.get(keyword)?.words[0];
  const command = (keyword: string) => values.first.get(keyword)?.rest.replace(/^[\s=]+/, '');
  const misread = (option: string, value: string) => {
    notes.push({ id: 'config-value-unclear', params: { option, value: value.slice(0, 100) } });
  };

  const portText = word('port');
  const port = givenPort ?? (portText === undefined ? 22 : readPort(portText));
  if (port === undefined) misread('Port', portText ?? '');
  const aliveText = word('serveraliveinterval');
  const keepaliveSeconds = aliveText === undefined ? undefined : readSeconds(aliveText);
  if (aliveText !== undefined && keepaliveSeconds === undefined) {
    misread('ServerAliveInterval', aliveText);
  }
  const identityAgent = word('identityagent');
  const hostKeyAlias = word('hostkeyalias');
  const proxyJump = command('proxyjump');
  const proxyCommand = command('proxycommand');
  notes.push(...notesOn(values));
  return {
    alias,
    host: expandHostName(word('hostname') ?? alias, alias).toLowerCase(),
    port,
    user: user ?? word('user') ?? localUser,
    identityFiles: values.identityFiles,
    identitiesOnly: /^(yes|true)$/i.test(word('identitiesonly') ?? ''),
    ...(identityAgent !== undefined && { identityAgent }),
    ...(proxyJump !== undefined && { proxyJump }),
    ...(proxyCommand !== undefined && !/^none$/i.test(proxyCommand) && { proxyCommand }),
    ...(keepaliveSeconds !== undefined && { keepaliveSeconds }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
    knownHostsFiles: [
      ...(values.first.get('userknownhostsfile')?.words ?? []),
      ...(values.first.get('globalknownhostsfile')?.words ?? []),
    ].filter((path) => !/^none$/i.test(path)),
    notes,
  };
}

function notesOn({ first, certificateFiles, unjudged }: ConfigValues): readonly TextRef[] {
  const notes: TextRef[] = [];
  for (const criterion of unjudged) {
    const params = { criterion: criterion.slice(0, 50) };
    if (criterion === 'exec') notes.push({ id: 'config-match-exec' });
    else notes.push({ id: 'config-match-unknown', params });
  }
  for (const keyword of neverRun) {
    const isOn = first.has(keyword) && !/^none$/i.test(first.get(keyword)?.words[0] ?? '');
    const option = commandNames[keyword] ?? keyword;
    if (isOn) notes.push({ id: 'config-command-never-run', params: { option } });
  }
  const checking = first.get('stricthostkeychecking')?.words[0];
  if (checking !== undefined && !/^(yes|ask|true)$/i.test(checking)) {
    const params = { option: `StrictHostKeyChecking ${checking.slice(0, 20)}` };
    notes.push({ id: 'config-weakening-ignored', params });
  }
  const known = first.get('userknownhostsfile')?.words[0] ?? '';
  if (/^(\/dev\/null|NUL|none)$/i.test(known)) {
    const params = { option: `UserKnownHostsFile ${known}` };
    notes.push({ id: 'config-weakening-ignored', params });
  }
  if (certificateFiles.length > 0) notes.push({ id: 'config-certificate-not-used' });
  for (const [keyword, option] of Object.entries(notUsed)) {
    const value = first.get(keyword)?.words[0];
    if (value === undefined || asUsual[keyword]?.test(value)) continue;
    notes.push({ id: 'config-option-not-used', params: { option } });
  }
  return notes;
}

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

const unitSeconds: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** A timer set for more than 24 days would go off at once, and again and again. */
const longestSeconds = 86_400;

/** `90`, `1m30s`: TIME FORMATS of sshd_config(5). */
function readSeconds(text: string): number | undefined {
  const parts = [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.toLowerCase()) {
    return undefined;
  }
  const seconds = parts.reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 1),
    0,
  );
  return Math.min(seconds, longestSeconds);
}
