/** The lines an SSH connection can be made over: a TCP connection, a channel of the machine before it, a proxy command. */
import type { Duplex } from 'node:stream';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { SshAddress } from '../../../preload/contract/instances.ts';
import { plainWords } from '../../core/plain-words.ts';
import type { Platform, ProxyCommandEnd } from '../../platform/platform.ts';
import { ChannelStream } from './channel-stream.ts';
import { atHop } from './explain-failure.ts';
import type { Lease } from './lease.ts';
import { openSocket } from './open-socket.ts';
import type { parseProxyCommand } from './proxy-command.ts';

export interface Line {
  readonly stream: Duplex;
  /** Why it ended, where it knows better than who speaks over it. */
  endReason(): CloudError | undefined;
  /** This machine's address it goes out from; absent where another machine or program makes it. */
  readonly localAddress?: string;
}

/** @throws CloudError network, timeout, cancelled */
export const openTcpLine =
  ({ host, port }: SshAddress) =>
  async (signal: AbortSignal): Promise<Line> => {
    const stream = await openSocket(host, port, signal);
    // Without the words of IPv6 before one of IPv4, and the interface behind one of a single cable.
    const localAddress = stream.localAddress?.replace(/^::ffff:|%.*$/g, '');
    return { stream, endReason: () => undefined, ...(localAddress && { localAddress }) };
  };

/**
 * A channel of a machine on the way. The lease on it is released with the line.
 * @param hop the machine's name for a person
 * @throws CloudError network `hop-cannot-reach`, forbidden `hop-forwards-nothing`, timeout `hop-no-answer`, cancelled
 */
export async function openHopLine(
  lease: Lease,
  hop: string,
  address: SshAddress,
  signal: AbortSignal,
): Promise<Line> {
  let reason: CloudError | undefined;
  const stream = await openForwarding(lease, hop, address, signal).catch((error: unknown) => {
    lease.release();
    throw error;
  });
  lease.onLost((failure) => {
    reason = atHop(failure, hop);
    stream.destroy();
  });
  stream.once('close', () => lease.release());
  return { stream, endReason: () => reason };
}

function openForwarding(
  { client }: Lease,
  hop: string,
  { host, port }: SshAddress,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const finish = (outcome: () => void) => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      outcome();
    };
    const cancel = () => finish(() => reject(new CloudError('cancelled', 'cancelled')));
    const timer = setTimeout(
      () => finish(() => reject(refusal('timeout', 'hop-no-answer', { hop, host, port }))),
      forwardingTimeoutMs,
    );
    const fail = (error: Error & { readonly reason?: unknown }) => {
      const forbidden = Number(error.reason) === administrativelyProhibited;
      const detail = plainWords(error.message, 200);
      const id = forbidden ? 'hop-forwards-nothing' : 'hop-cannot-reach';
      const failure = refusal(forbidden ? 'forbidden' : 'network', id, { hop, host, port, detail });
      finish(() => reject(failure));
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) {
      cancel();
      return;
    }
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error, channel) => {
        if (error) fail(error);
        else if (isOver) new ChannelStream(channel).destroy();
        else finish(() => resolve(new ChannelStream(channel)));
      });
    } catch (error) {
      fail(error as Error);
    }
  });
}

/** As long as a connection of this machine's own may take, and the hop's own patience besides. */
const forwardingTimeoutMs = 30_000;
/** RFC 4254, section 5.1. */
const administrativelyProhibited = 1;

/** A program of the operator's, already allowed, and its arguments. */
export function openProxyLine(
  startProxyCommand: NonNullable<Platform['startProxyCommand']>,
  [file, ...args]: ReturnType<typeof parseProxyCommand>,
): Line {
  let reason: CloudError | undefined;
  const stream = startProxyCommand(file, args);
  stream.once('error', (error: Error) => {
    reason = explainEnd(file, error as ProxyCommandEnd);
  });
  return { stream, endReason: () => reason };
}

function explainEnd(file: string, { code, exitStatus, said }: ProxyCommandEnd): CloudError {
  if (code) return refusal('not-found', 'proxy-command-missing', { file, code });
  const ended = { status: exitStatus ?? '?', said: lastWords(said ?? '') || '–' };
  return refusal('network', 'proxy-command-ended', ended);
}

/** The last lines of what a program said. */
const lastWords = (text: string): string =>
  plainWords(text.trim().split(/\r?\n/).slice(-3).join(' / '), 300);
