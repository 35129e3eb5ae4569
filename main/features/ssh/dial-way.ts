/** Dials a machine over the way to it: the machines before it are entered first, each with a host key and a login of its own. */
import type ssh2 from 'ssh2';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ConnectParts, type ConnectRequest, connect, verifyHostKey } from './connect.ts';
import type { Connection } from './connection.ts';
import { atHop, explainLoss } from './explain-failure.ts';
import type { Dialled, DialRequest, LeaseRequest } from './lease.ts';
import { type Line, openHopLine, openProxyLine, openTcpLine } from './lines.ts';
import { parseProxyCommand } from './proxy-command.ts';
import type { ProxyConsents } from './proxy-consent.ts';
import type { Way } from './routes.ts';

export interface DialParts {
  readonly connect: ConnectParts;
  readonly proxyConsents: ProxyConsents;
  readonly startProxyCommand: Platform['startProxyCommand'];
  /** The pooled connection to a machine on the way. */
  connectionTo(way: Way): Connection;
}

/** @throws CloudError */
export async function dialWay(parts: DialParts, way: Way, asked: DialRequest): Promise<Dialled> {
  const request = askedAt(way, asked);
  let line: Line | undefined;
  const client: ssh2.Client = await connect(parts.connect, {
    ...requestFor(way, request),
    openLine: async (signal) => {
      line = await openLine(parts, way, { ...request, signal });
      return line;
    },
    onFirstWord: () => asked.onWait?.(false),
  });
  return {
    client,
    ...(line?.localAddress && { localAddress: line.localAddress }),
    whyLost: (error) =>
      line?.endReason() ??
      (error
        ? explainLoss(error, way.keepaliveSeconds)
        : refusal('network', 'ssh-connection-closed')),
  };
}

/** Goes as far as the host key of the last machine. @throws CloudError */
export function verifyHostKeyOf(
  parts: DialParts,
  way: Way,
  asked: LeaseRequest,
): Promise<HostKeyInfo> {
  const request = askedAt(way, asked);
  return verifyHostKey(parts.connect, {
    ...requestFor(way, request),
    openLine: (signal) => openLine(parts, way, { ...request, signal }),
  });
}

/** Questions name the place that is dialled, which the list may know only a moment later. */
const askedAt = ({ access: { host, port } }: Way, request: DialRequest): DialRequest => ({
  ...request,
  owner: { ...request.owner, address: `${host}:${port}` },
});

const requestFor = (way: Way, request: DialRequest): ConnectRequest => ({
  ...request,
  access: way.access,
  preferredKey: way.preferredKey,
  keepaliveSeconds: way.keepaliveSeconds,
  forwardAgent: way.forwardAgent,
});

async function openLine(parts: DialParts, way: Way, request: DialRequest): Promise<Line> {
  // A machine on the way has attempts of its own.
  if (way.via) return openThrough(parts, way.via, way, request);
  if (way.proxy) return openAllowed(parts, way.proxy, request);
  request.onWait?.(true);
  return openTcpLine(way.access)(request.signal);
}

async function openThrough(
  parts: DialParts,
  hop: Way,
  { access }: Way,
  { owner, interactive, signal }: LeaseRequest,
): Promise<Line> {
  const { host, port, user } = hop.access;
  const name = `${user}@${host}:${port}`;
  const hopOwner = { ...owner, hop: name };
  const lease = await parts
    .connectionTo(hop)
    .acquireOnTheWay({ owner: hopOwner, interactive, signal })
    .catch((error: unknown) => {
      throw error instanceof CloudError ? atHop(error, name) : error;
    });
  return openHopLine(lease, name, access, signal);
}

/**
 * Nobody is asked about a command that would not be run anyway.
 * @throws CloudError unsupported where no program can be started, invalid as `parseProxyCommand`; as `allow`
 */
async function openAllowed(
  parts: DialParts,
  proxy: NonNullable<Way['proxy']>,
  request: DialRequest,
): Promise<Line> {
  const {
    startProxyCommand,
    connect: { homeDirectory },
  } = parts;
  if (!startProxyCommand) throw refusal('unsupported', 'proxy-command-not-here');
  const words = parseProxyCommand(proxy.command, homeDirectory);
  await allow(parts, proxy, request);
  request.onWait?.(true);
  return openProxyLine(startProxyCommand, words);
}

/** The very command, for the very instance. @throws CloudError unauthenticated, cancelled `proxy-command-refused` */
async function allow(
  { proxyConsents, connect: { prompts } }: DialParts,
  { command, instance }: NonNullable<Way['proxy']>,
  { owner, interactive, signal }: LeaseRequest,
): Promise<void> {
  if (proxyConsents.isAllowed(instance, command)) return;
  if (!interactive) throw refusal('unauthenticated', 'ssh-needs-answer');
  const answer = await prompts.ask(owner, { kind: 'proxy-command', command }, signal);
  if (answer.kind !== 'allow') throw refusal('cancelled', 'proxy-command-refused');
  proxyConsents.allow(instance, command);
}
