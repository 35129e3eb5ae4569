/** One SSH connection: the host key is judged before anything of the user's is sent. */
import ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { Log } from '../../core/log.ts';
import { agentFor } from './agents.ts';
import { type Crypto, chooseAlgorithms } from './algorithms.ts';
import { createAuthentication } from './auth.ts';
import {
  endsLogin,
  explainFailure,
  hangsUpOnLogin,
  keepaliveMisses,
  type SshError,
} from './explain-failure.ts';
import { judgeHostKey } from './judge-host-key.ts';
import type { KnownHosts } from './known-hosts.ts';
import { type Line, openTcpLine } from './lines.ts';
import type { AuthParts, AuthRequest } from './login-request.ts';
import { createOfferReader } from './server-offer.ts';
import { takeLeave } from './take-leave.ts';

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
export const usualKeepaliveSeconds = 15;

export interface ConnectRequest extends AuthRequest {
  /** The way to the server's door; absent: a TCP connection of its own. */
  readonly openLine?: (signal: AbortSignal) => Promise<Line>;
  /** The first bytes came over it. */
  readonly onFirstWord?: () => void;
  /** It fails, and the server said nothing to the secret it was given. */
  readonly onUnanswered?: () => void;
  /** 0 = none; 15 unless told. */
  readonly keepaliveSeconds?: number;
  /** Shells that ask for it may lead to this machine's agent. */
  readonly forwardAgent?: boolean;
}

/**
 * Connects and logs in.
 * @throws CloudError network, timeout, forbidden (`host-key-changed`, `host-key-changed-in-file`, `host-key-revoked`, `ssh-login-before-key`), unauthenticated, cancelled
 */
export async function connect(parts: ConnectParts, request: ConnectRequest): Promise<ssh2.Client> {
  return (await open(parts, request, 'log-in')).client;
}

/** Connects as far as the host key and leaves without logging in. Throws like `connect`. */
export async function verifyHostKey(
  parts: ConnectParts,
  request: ConnectRequest,
): Promise<HostKeyInfo> {
  return (await open(parts, request, 'verify-host-key')).hostKey;
}

async function open(
  parts: ConnectParts,
  request: ConnectRequest,
  purpose: 'log-in' | 'verify-host-key',
): Promise<{ readonly client: ssh2.Client; readonly hostKey: HostKeyInfo }> {
  const {
    knownHosts,
    handshakeTimeoutMs = usualHandshakeTimeoutMs,
    loginTimeoutMs = usualLoginTimeoutMs,
  } = parts;
  const { access, keepaliveSeconds = usualKeepaliveSeconds } = request;
  const line = await (request.openLine ?? openTcpLine(access))(request.signal);
  const { stream } = line;
  if (request.signal.aborted) {
    stream.destroy();
    throw new CloudError('cancelled', 'cancelled');
  }
  const client = new ssh2.Client();
  // Questions end with the connection they were asked for.
  const connectionEnd = new AbortController();
  const signal = AbortSignal.any([request.signal, connectionEnd.signal]);

  return new Promise((resolve, reject) => {
    let hostKey: HostKeyInfo | undefined;
    let judging = false;
    let verifiedKey: Buffer | undefined;
    let verdictFailure: CloudError | undefined;
    let handshaken = false;
    const offered = createOfferReader();
    // ssh2 listens only once its own crypto is there, which takes a moment at the application's start, and resumes then.
    stream.pause();
    stream.on('data', offered.take);
    stream.once('data', () => request.onFirstWord?.());
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
      return offered.speaksSsh() ? 'ssh-closed-early' : 'reach-not-ssh';
    };
    const settle = () => {
      settled = true;
      clearTimeout(timer);
      stream.off('data', offered.take);
      request.signal.removeEventListener('abort', cancel);
    };
    const fail = (error: CloudError) => {
      if (authentication.awaitsWord()) request.onUnanswered?.();
      settle();
      connectionEnd.abort();
      client.destroy();
      stream.destroy();
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
    /** ssh2 hears a login's messages while the verdict on the key is still open, and would answer them unencrypted. */
    const isTooEarly = (): boolean => {
      if (!handshaken && !settled) fail(refusal('forbidden', 'ssh-login-before-key'));
      return !handshaken;
    };
    let choosing = false;

    /** A farewell in answer to a password is a no: given again and again, it would lock an account. */
    const hungUpOnPassword = (): boolean => {
      if (!authentication.awaitsWord() || line.endReason()) return false;
      fail(refusal('unauthenticated', 'ssh-closed-during-login'));
      return true;
    };

    client.on('error', (error: SshError) => {
      // An agent that fails is not the end: the next way to log in is tried.
      if (error.level === 'agent') return;
      if (endsLogin(error)) {
        fail(authentication.failure(hangsUpOnLogin(error)));
        return;
      }
      if (typeof error.code === 'number' && hungUpOnPassword()) return;
      const { host, port } = access;
      const { crypto } = parts;
      const at = { host, port, crypto, keepaliveSeconds, offer: offered.offer() };
      end(line.endReason() ?? explainFailure(error, { ...at, otherwise: endRule() }));
    });
    client.on('close', () => {
      if (hungUpOnPassword()) return;
      const rule = handshaken ? 'ssh-closed-during-login' : endRule();
      end(line.endReason() ?? refusal('network', rule));
    });
    // It was the right one, and would be given again and again.
    client.on('change password', () =>
      fail(refusal('unauthenticated', 'ssh-password-expired', { user: access.user })),
    );
    client.on('handshake', () => {
      handshaken = true;
    });
    client.once('ready', () => {
      if (isTooEarly()) return;
      settle();
      authentication.remember().catch((error: unknown) => {
        parts.log.warn('a secret could not be remembered', { error });
      });
      if (hostKey) resolve({ client, hostKey });
    });

    const agent = request.forwardAgent && agentFor(undefined, parts.agentSocket);
    client.connect({
      sock: stream,
      username: access.user,
      readyTimeout: 0,
      ...(agent && { agent }),
      keepaliveInterval: keepaliveSeconds * 1000,
      keepaliveCountMax: keepaliveMisses,
      algorithms: chooseAlgorithms(
        parts.crypto,
        knownHosts.knownTypes(access.hostKeyName, access.publishedHostKeys, access.knownHostsFiles),
      ),
      // Returns nothing: ssh2 takes any returned value, even a promise, for a verdict.
      hostVerifier: (key: Buffer, verify: (accepted: boolean) => void): void => {
        // Keys exchanged anew: the server must be the one it was. Answered at once, for while ssh2
        // waits for a later verdict it mixes the old keys with the new under load.
        if (verifiedKey) {
          verify(key.equals(verifiedKey));
          return;
        }
        // Before it was told that its first key is taken: the verdict on that is none on another.
        if (judging) {
          fail(refusal('forbidden', 'ssh-protocol-failed'));
          return;
        }
        judging = true;
        clearTimeout(timer);
        judgeHostKey(people, { ...request, signal }, key).then(
          (info) => {
            if (settled) return;
            hostKey = info;
            verifiedKey = Buffer.from(key);
            allowLogin();
            verify(true);
          },
          (error: CloudError) => {
            verdictFailure = error;
            if (!settled) verify(false);
          },
        );
      },
      authHandler: (methods, _partial, next) => {
        // Nor is anything shown to a server that let us in, or was left.
        if (isTooEarly() || settled) return;
        if (purpose === 'verify-host-key' && hostKey) {
          settle();
          takeLeave(client);
          resolve({ client, hostKey });
          return;
        }
        // A no to what was not said yet: a flood of them would be a flood of questions, or of attempts.
        if (choosing) {
          fail(refusal('forbidden', 'ssh-protocol-failed'));
          return;
        }
        choosing = true;
        clearTimeout(timer);
        authentication.next(methods as readonly string[] | null).then(
          (method) => {
            choosing = false;
            if (settled) return;
            allowLogin();
            // ssh2's types leave out `false`, its word for "nothing more to try".
            next(method as ssh2.AnyAuthMethod);
          },
          () => settled || next(false as never),
        );
      },
    });
  });
}
