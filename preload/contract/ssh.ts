/** How instances are entered: pasted commands, the operator's OpenSSH configuration, keys, and this application's own options. */
import { z } from 'zod';
import { call, event, result } from './define.ts';
import type { TextRef } from './errors.ts';
import { instanceKeySchema } from './instances.ts';
import type { Tunnel } from './tunnels.ts';
import { secretSchema } from './vault.ts';

/** A tunnel that a pasted line asks for: it may be offered, and is never opened without a person's press. */
export type PastedTunnel = Pick<
  Tunnel,
  'kind' | 'bindAddress' | 'localHost' | 'localPort' | 'remoteHost' | 'remotePort'
>;

/** What a pasted line says. Unsafe options are refused and named; harmless ones that are not used are named too. */
export type ParsedCommand =
  | {
      readonly kind: 'parsed';
      readonly line: string;
      readonly host: string;
      readonly port: number;
      readonly user: string;
      /** Name of a key in the home directory's `.ssh`, when the line names one. */
      readonly keyName?: string;
      /** Machines on the way, first hop first; without a user it is the server's own. */
      readonly jumps?: readonly {
        readonly user?: string;
        readonly host: string;
        readonly port: number;
      }[];
      /** The host is a name of OpenSSH's own configuration, which may be followed instead. */
      readonly configAlias?: string;
      /** What its `-L`, `-R` and `-D` ask for. */
      readonly tunnels?: readonly PastedTunnel[];
      readonly ignored: readonly TextRef[];
    }
  | { readonly kind: 'refused'; readonly line: string; readonly rule: TextRef };

/** A private key found in the home directory's `.ssh`; its content stays in main. */
export interface LocalKey {
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
  readonly encrypted: boolean;
  /** As it stands in an authorized_keys file; absent where only the passphrase would tell. */
  readonly publicKey?: string;
  /** An OpenSSH certificate lies beside it, which this application cannot present. */
  readonly hasCertificate?: true;
}

const host = z.string().min(1).max(253);
const user = z.string().min(1).max(64);
const port = z.int().min(1).max(65_535);

/** A machine on the way: another instance of the list, or a place of its own, each with its own host key and login. */
export const jumpSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instance'), instance: instanceKeySchema }),
  z.strictObject({ kind: z.literal('address'), host, port, user }),
]);
export type Jump = z.infer<typeof jumpSchema>;

/** How this application enters one instance, beside what its cloud or OpenSSH's configuration says. */
export const connectionOptionsSchema = z.strictObject({
  /** Seconds between keepalives; 0 = none, for bastions that count them badly; null = what the configuration says, else 15. */
  keepaliveSeconds: z.int().min(0).max(3600).nullable(),
  /** Terminals, tunnels and files share one connection; false: each has its own. */
  shareConnection: z.boolean(),
  /** First hop first; null = as OpenSSH's configuration says, if the instance follows it. */
  jumps: z.array(jumpSchema).max(8).nullable(),
  /** Other programs of the instance may use the agent of this machine while connected. */
  forwardAgent: z.boolean(),
  /** What a new terminal runs in on the instance, so that its programs outlive the line. */
  shell: z.enum(['plain', 'tmux', 'screen']),
  /** Whether a program there may write this machine's clipboard (OSC 52); it may never read it. */
  clipboardWrite: z.enum(['ask', 'allow', 'never']),
});
export type ConnectionOptions = z.infer<typeof connectionOptionsSchema>;

/** How one instance is reached, in the words of a terminal; without any secret. */
export interface OutsideWays {
  /** For any terminal on this machine. */
  readonly command: string;
  /** The name that `ssh <alias>` understands, while the managed file is on. */
  readonly alias?: string;
  /** Opens the instance in VS Code, by its Remote-SSH extension; absent where only the managed file could tell it the machines on the way. */
  readonly vscodeUrl?: string;
}

/** A host of OpenSSH's own configuration: a name without wildcards, as it resolves now. */
export interface ConfigHost {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Destinations of ProxyJump, first hop first. */
  readonly jumps: readonly string[];
  /** Only ever run after consent. */
  readonly proxyCommand?: string;
  /** Whether a server in the list follows it already. */
  readonly followed: boolean;
  /** What is not used of it and why, or why it cannot be followed at all. */
  readonly notes: readonly TextRef[];
  readonly usable: boolean;
}

/** The file of hosts this application keeps for `ssh` in any terminal, and the one line that leads to it. */
export interface IncludeFile {
  readonly on: boolean;
  readonly path: string;
  /** OpenSSH's own configuration, where the one line stands. */
  readonly configPath: string;
  /** That one line, exactly as it stands or would stand there. */
  readonly line: string;
  readonly aliases: number;
  /** Why it is not as wished, such as a configuration that may not be written. */
  readonly problem?: TextRef;
}

export const ssh = {
  /** One result per non-empty line, at most 200 lines. */
  parseCommands: call(
    z.strictObject({ text: z.string().max(100_000) }),
    result<readonly ParsedCommand[]>(),
  ),
  localKeys: call(
    z.strictObject({}),
    result<{ readonly keys: readonly LocalKey[]; readonly agent: boolean }>(),
  ),
  /** Makes an ed25519 key pair in the home directory's `.ssh`; never writes over a file. */
  createKey: call(
    z.strictObject({
      name: z.string().regex(/^[\w.@+-]{1,100}$/),
      comment: z.string().max(200),
      passphrase: secretSchema.optional(),
    }),
    result<LocalKey>(),
  ),
  /** Adds the key to the instance's authorized keys, then proves that it opens the door. */
  installKey: call(
    z.strictObject({ instance: instanceKeySchema, keyName: z.string().max(200) }),
    result<{ readonly kind: 'installed' | 'already-there' }>(),
  ),
  options: call(
    z.strictObject({ instance: instanceKeySchema }),
    result<{
      readonly options: ConnectionOptions;
      /** The name in OpenSSH's configuration that the instance follows. */
      readonly follows?: string;
      /** The command the connection is made through, and whether it was allowed. */
      readonly proxyCommand?: { readonly command: string; readonly allowed: boolean };
    }>(),
  ),
  /** Holds from the next connection on. @throws invalid `jump-loop`, `jump-unknown` */
  setOptions: call(
    z.strictObject({ instance: instanceKeySchema, options: connectionOptionsSchema }),
    result<null>(),
  ),
  /** Takes the consent back: the command is asked about again. */
  forgetProxyConsent: call(z.strictObject({ instance: instanceKeySchema }), result<null>()),
  outside: call(z.strictObject({ instance: instanceKeySchema }), result<OutsideWays>()),
  /** Hosts of OpenSSH's own configuration; to follow one, add a server with its alias. */
  configHosts: call(
    z.strictObject({}),
    result<{
      /** The files that were read, the operator's first. */
      readonly files: readonly string[];
      readonly hosts: readonly ConfigHost[];
      readonly problems: readonly TextRef[];
    }>(),
  ),
  includeFile: call(z.strictObject({}), result<IncludeFile>()),
  setIncludeFile: call(z.strictObject({ on: z.boolean() }), result<IncludeFile>()),
  /** A file of OpenSSH's configuration was changed. */
  configChanged: event<null>(),
};
