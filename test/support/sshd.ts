/** A real OpenSSH server of a test's own: own port, own host key, own account. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, createAccount, isRoot } from './account.ts';
import { type Child, run, startChild } from './child.ts';
import { startOnFreePort } from './free-port.ts';
import type { Network } from './network.ts';
import { descendantsOf, killAll, signalAll } from './process-tree.ts';
import { createTempDir } from './temp-dir.ts';

export interface SshdOptions {
  /** Lines of sshd_config; they win over ours, such as `MaxSessions 1` or `PasswordAuthentication no`. */
  readonly config?: readonly string[];
  /** Type of the host key, as ssh-keygen names it. */
  readonly hostKeyType?: 'ed25519' | 'ecdsa' | 'rsa';
  /** A network of its own to listen in, rather than loopback. */
  readonly network?: Network;
}

export interface Sshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Empty unless the tests run as root. */
  readonly password: string;
  /** An authorised key without a passphrase, as text. */
  readonly privateKey: string;
  readonly privateKeyFile: string;
  /** Home directory of the account. */
  readonly home: string;
  readonly account: Account;
  /** `SHA256:…` of the host key of this moment. */
  hostKeyFingerprint(): string;
  /** `type base64` of the host key of this moment. */
  hostPublicKey(): string;
  /** What sshd has logged, such as `Failed password`. */
  log(): string;
  /** Ends every session; new ones are accepted. */
  dropSessions(): void;
  /** Sends every session a signal, such as SIGSTOP to freeze them; the server itself goes on. */
  signalSessions(signal: NodeJS.Signals): void;
  /** Ends the server and every session; the port is then refused. */
  down(): Promise<void>;
  /** Starts it again on the same port. */
  up(): Promise<void>;
  restart(): Promise<void>;
  /** A new host key, then a restart. */
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}

const sshdPath = '/usr/sbin/sshd';

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  prepareSystem();
  const directory = createTempDir('sshd');
  chmodSync(directory.path, 0o711); // the account's home lies in it
  const inDirectory = (name: string) => join(directory.path, name);
  const host = options.network?.farAddress ?? '127.0.0.1';
  const account = await createAccount(inDirectory('home'));
  const hostKeyFile = inDirectory('host-key');
  const privateKeyFile = inDirectory('client-key');
  await generateKey(privateKeyFile, 'ed25519');
  writeFileSync(inDirectory('authorized_keys'), readFileSync(`${privateKeyFile}.pub`));
  let fingerprint = '';
  let earlierLog = '';
  let server: Child | undefined;

  const renewHostKey = async () => {
    rmSync(hostKeyFile, { force: true });
    rmSync(`${hostKeyFile}.pub`, { force: true });
    await generateKey(hostKeyFile, options.hostKeyType ?? 'ed25519');
    fingerprint = (await run('ssh-keygen', ['-lf', `${hostKeyFile}.pub`])).split(' ')[1] ?? '';
  };
  const start = async (port: number) => {
    const config = inDirectory('sshd_config');
    writeFileSync(config, configText(options.config ?? [], host, port, directory.path));
    const [command = '', ...rest] = [...(options.network?.enter ?? []), sshdPath];
    const next = startChild(command, [...rest, '-D', '-e', '-f', config]);
    await next.waitFor(/Server listening on/);
    server = next;
  };
  const dropSessions = () => {
    if (server) killAll(descendantsOf(server.pid));
  };
  const signalSessions = (signal: NodeJS.Signals) => {
    if (server) signalAll(descendantsOf(server.pid), signal);
  };
  const down = async () => {
    const old = server;
    server = undefined;
    if (!old) return;
    // A session it began after they were counted would keep its output open, and its end from being seen.
    old.signal('SIGSTOP');
    const sessions = descendantsOf(old.pid);
    const stopped = old.stop();
    old.signal('SIGCONT');
    killAll(sessions);
    await stopped;
    earlierLog += old.output();
  };

  await renewHostKey();
  const port = await startOnFreePort(async (free) => {
    await start(free);
    return free;
  });
  const restart = async () => {
    await down();
    await start(port);
  };
  return {
    host,
    port,
    user: account.name,
    password: account.password ?? '',
    privateKey: readFileSync(privateKeyFile, 'utf8'),
    privateKeyFile,
    home: account.home,
    account,
    hostKeyFingerprint: () => fingerprint,
    hostPublicKey: () =>
      readFileSync(`${hostKeyFile}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
    log: () => earlierLog + (server?.output() ?? ''),
    dropSessions,
    signalSessions,
    down,
    up: () => start(port),
    restart,
    async changeHostKey() {
      await renewHostKey();
      await restart();
    },
    async stop() {
      await down();
      await account.remove();
      directory.remove();
    },
  };
}

/** sshd refuses to start without its directory for privilege separation, which a fresh container lacks. */
function prepareSystem(): void {
  if (!existsSync(sshdPath)) throw new Error(`${sshdPath} is missing: install openssh-server`);
  if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
}

async function generateKey(file: string, type: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'pilothouse-test', '-f', file]);
}

/** What a test says stands in the place of the usual; `Match` blocks are not for here. */
function configText(
  extra: readonly string[],
  host: string,
  port: number,
  directory: string,
): string {
  const usual = [
    `Port ${port}`,
    `ListenAddress ${host}`,
    `HostKey ${directory}/host-key`,
    `AuthorizedKeysFile ${directory}/authorized_keys`,
    `PidFile ${directory}/sshd.pid`,
    'StrictModes no',
    'PasswordAuthentication yes',
    'KbdInteractiveAuthentication no',
    `UsePAM ${isRoot ? 'yes' : 'no'}`,
    'PrintMotd no',
    'PrintLastLog no',
    'SetEnv LANG=C.UTF-8',
    'Subsystem sftp internal-sftp',
    // Every server of a list that is this one is looked at when a core starts: sshd's usual ten would turn some away.
    'MaxStartups 1000',
    'LogLevel VERBOSE',
  ];
  // Said twice, sshd takes the first of some words and the last of others, and refuses yet others.
  const word = (line: string) => line.split(' ')[0];
  const said = new Set(extra.map(word));
  return [...extra, ...usual.filter((line) => !said.has(word(line))), ''].join('\n');
}
