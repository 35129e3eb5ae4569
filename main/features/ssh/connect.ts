/** One SSH connection: the host key is judged before anything of the user's is sent. */
import ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { Log } from '../../core/log.ts';
import { type Crypto, chooseAlgorithms } from './algorithms.ts';
import { type AuthParts, type AuthRequest, createAuthentication } from './auth.ts';
import { describeKey, picture } from './fingerprint.ts';
import type { KnownHosts } from './known-hosts.ts';
import { networkFailure } from './network-failure.ts';
import { openSocket } from './open-socket.ts';

export interface ConnectParts extends AuthParts {
  readonly knownHosts: KnownHosts;
  readonly crypto: Crypto;
  readonly log: Log;
  /** From the TCP connection to the server's host key, 20 s unless told; a person's time is not counted. */
  readonly handshakeTimeoutMs?: number;
  /** From each thing said during the login to the server's answer, 120 s unless told. */
  readonly loginTimeoutMs?: number;
}

const usualHandshakeTimeoutMs = 20_000;
/** As long as sshd itself lets a login take; an agent may ask for a touch on its key. */
const usualLoginTimeoutMs = 120_000;
const keepaliveIntervalMs = 15_000;
const keepaliveMisses = 3;

/**
 * Connects and logs in.
 * @throws CloudError network, timeout, forbidden (`host-key-changed`, `host-key-changed-in-file`, `host-key-revoked`), unauthenticated, cancelled
 */
export async function connect(parts: ConnectParts, request: AuthRequest): Promise<ssh2.Client> {
  return (await open(parts, request, 'log-in')).client;
}

/** Connects as far as the host key and leaves without logging in. Throws like `connect`. */
export async function verifyHostKey(
  parts: ConnectParts,
  request: AuthRequest,
): Promise<HostKeyInfo> {
  return (await open(parts, request, 'verify-host-key')).hostKey;
}

async function open(
  parts: ConnectParts,
  request: AuthRequest,
  purpose: 'log-in' | 'verify-host-key',
): Promise<{ readonly client: ssh2.Client; readonly hostKey: HostKeyInfo }> {
  const {
    knownHosts,
    handshakeTimeoutMs = usualHandshakeTimeoutMs,
    loginTimeoutMs = usualLoginTimeoutMs,
  } = parts;
  const { access } = request;
  const socket = await openSocket(access.host, access.port, request.signal);
  const client = new ssh2.Client();
  // Questions end with the connection they were asked for.
  const connectionEnd = new AbortController();
  const signal = AbortSignal.any([request.signal, connectionEnd.signal]);

  return new Promise((resolve, reject) => {
    let hostKey: HostKeyInfo | undefined;
    let verdictFailure: CloudError | undefined;
    let handshaken = false;
    let speaksSsh = true;
    socket.once('data', (greeting) => {
      speaksSsh = /^SSH-/m.test(greeting.toString('latin1'));
    });
    let timer: NodeJS.Timeout | undefined;
    let settled = false;
    let questions = 0;
    /** So long the server may take for its next word. */
    const allow = (milliseconds: number, rule: string) => {
      clearTimeout(timer);
      if (settled) return;
      timer = setTimeout(() => fail(refusal('timeout', rule)), milliseconds);
    };
    const allowLogin = () => allow(loginTimeoutMs, 'ssh-login-timeout');
    allow(handshakeTimeoutMs, 'ssh-handshake-timeout');
    /** A person takes the time a person takes. */
    const personally = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
      questions += 1;
      clearTimeout(timer);
      try {
        return await answer;
      } finally {
        questions -= 1;
        if (handshaken) allowLogin();
      }
    };
    const people = {
      ...parts,
      prompts: { ask: (...asked) => personally(parts.prompts.ask(...asked)) },
      vaultDoor: { open: (...asked) => personally(parts.vaultDoor.open(...asked)) },
    } satisfies ConnectParts;
    /** What an end without a reason means at this moment. */
    const endRule = () => {
      if (handshaken) return 'ssh-protocol-failed';
      return speaksSsh ? 'ssh-closed-early' : 'reach-not-ssh';
    };
    const settle = () => {
      settled = true;
      clearTimeout(timer);
      request.signal.removeEventListener('abort', cancel);
    };
    const fail = (error: CloudError) => {
      settle();
      connectionEnd.abort();
      client.destroy();
      socket.destroy();
      reject(error);
    };
    /** The server went away. While a person was being asked that is no passing trouble: it waited long enough. */
    const end = (failure: CloudError) => {
      if (!verdictFailure && questions > 0) {
        const { message, rule } = failure;
        fail(new CloudError('unauthenticated', message, { ...(rule && { rule }) }));
      } else fail(verdictFailure ?? failure);
    };
    const cancel = () => fail(new CloudError('cancelled', 'cancelled'));
    request.signal.addEventListener('abort', cancel);
    const authentication = createAuthentication(people, { ...request, signal, giveUp: fail });

    client.on('error', (error: SshError) => {
      // An agent that fails is not the end: the next way to log in is tried.
      if (error.level === 'agent') return;
      if (endsLogin(error)) fail(authentication.failure());
      else end(explain(error, endRule(), access.host, access.port));
    });
    client.on('close', () => {
      const rule = handshaken ? 'ssh-closed-during-login' : endRule();
      end(refusal('network', rule));
    });
    client.on('handshake', () => {
      handshaken = true;
    });
    client.once('ready', () => {
      settle();
      authentication.remember().catch((error: unknown) => {
        parts.log.warn('a secret could not be remembered', { error });
      });
      if (hostKey) resolve({ client, hostKey });
    });

    client.connect({
      sock: socket,
      username: access.user,
      readyTimeout: 0,
      keepaliveInterval: keepaliveIntervalMs,
      keepaliveCountMax: keepaliveMisses,
      algorithms: chooseAlgorithms(
        parts.crypto,
        knownHosts.knownTypes(access.hostKeyName, access.publishedHostKeys),
      ),
      // Returns nothing: ssh2 takes any returned value, even a promise, for a verdict.
      hostVerifier: (key: Buffer, verify: (accepted: boolean) => void): void => {
        clearTimeout(timer);
        judgeHostKey(people, { ...request, signal }, key).then(
          (info) => {
            hostKey = info;
            allowLogin();
            verify(true);
          },
          (error: CloudError) => {
            verdictFailure = error;
            verify(false);
          },
        );
      },
      authHandler: (methods, _partial, next) => {
        if (purpose === 'verify-host-key' && hostKey) {
          settle();
          client.end();
          resolve({ client, hostKey });
          return;
        }
        clearTimeout(timer);
        authentication.next(methods as readonly string[] | null).then(
          (method) => {
            allowLogin();
            // ssh2's types leave out `false`, its word for "nothing more to try".
            next(method as ssh2.AnyAuthMethod);
          },
          () => next(false as never),
        );
      },
    });
  });
}

/** @throws CloudError when the key must not be accepted */
async function judgeHostKey(
  { knownHosts, prompts }: ConnectParts,
  { access, owner, interactive, signal }: AuthRequest,
  key: Buffer,
): Promise<HostKeyInfo> {
  const info = describeKey(key);
  const verdict = knownHosts.judge(access.hostKeyName, key, access.publishedHostKeys);
  switch (verdict.kind) {
    case 'trusted':
      return info;
    case 'revoked':
      throw refusal('forbidden', 'host-key-revoked', { fingerprint: info.fingerprint });
    case 'changed':
      throw refusal(
        'forbidden',
        verdict.userFile ? 'host-key-changed-in-file' : 'host-key-changed',
        {
          shown: `${info.type} ${info.fingerprint}`,
          known: verdict.known.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', '),
          ...(verdict.userFile && { file: verdict.userFile }),
        },
      );
    case 'unknown': {
      if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
      const question = {
        kind: 'host-key',
        keyType: info.type,
        fingerprint: info.fingerprint,
        picture: picture(key),
      } as const;
      const answer = await prompts.ask(owner, question, signal);
      if (answer.kind !== 'trust') throw refusal('cancelled', 'host-key-not-trusted');
      knownHosts.trust(access.hostKeyName, key);
      return info;
    }
  }
}

/** `code` is the operating system's word, or the number of an SSH disconnect. */
type SshError = Error & { readonly level?: string; readonly code?: string | number };

/** A login the server will not take; OpenSSH says "Too many authentication failures" and hangs up. */
const endsLogin = ({ level, code, message }: SshError): boolean =>
  level === 'client-authentication' ||
  (typeof code === 'number' && /authentication (failures|methods)/i.test(message));

function explain(error: SshError, otherwise: string, host: string, port: number): CloudError {
  const detail = error.message.slice(0, 300);
  if (typeof error.code === 'number') return refusal('network', 'ssh-connection-lost', { detail });
  if (error.code) return networkFailure(error, error.code, host, port);
  if (/no matching/i.test(detail))
    return refusal('unsupported', 'ssh-no-common-algorithm', { detail });
  if (/identification|greeting|header|Max identification/i.test(detail)) {
    return refusal('network', 'reach-not-ssh', {});
  }
  if (/keepalive/i.test(detail)) return refusal('timeout', 'ssh-keepalive-lost');
  return refusal('network', otherwise, { detail });
}
