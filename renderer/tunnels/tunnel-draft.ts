/** A new tunnel while it is being described: what is still wrong with it, and what it asks of the core. */
import type { ArgsOf } from '../../preload/contract/index.ts';
import type { TunnelKind } from '../../preload/contract/tunnels.ts';
import { readPort } from './read-port.ts';
import type { RouteEnds } from './tunnel-route.ts';

export interface TunnelDraft {
  readonly kind: TunnelKind;
  /** Key of the instance; empty: not chosen yet. */
  readonly instance: string;
  readonly remotePort: string;
  /** Empty: the same number, or a free one. */
  readonly localPort: string;
  readonly remoteHost: string;
  readonly localHost: string;
  readonly name: string;
  readonly startsWithApp: boolean;
  /** Who may connect to the port that listens. */
  readonly reach: 'loopback' | 'all' | 'address';
  readonly address: string;
}

export type DraftField =
  | 'instance'
  | 'remotePort'
  | 'localPort'
  | 'remoteHost'
  | 'localHost'
  | 'address';
export type DraftProblem = 'instanceMissing' | 'portMissing' | 'portRange' | 'hostForm';

export const emptyDraft = (instance: string): TunnelDraft => ({
  kind: 'local',
  instance,
  remotePort: '',
  localPort: '',
  remoteHost: '127.0.0.1',
  localHost: '127.0.0.1',
  name: '',
  startsWithApp: false,
  reach: 'loopback',
  address: '',
});

const host = /^[\p{L}\p{N}_.:[\]%-]{1,255}$/u;
const usualSocksPort = 1080;

/** What must be mended before it can be opened; a field of another kind is never to blame. */
export function draftProblems(draft: TunnelDraft): Partial<Record<DraftField, DraftProblem>> {
  const { kind, reach } = draft;
  const needsHost = (text: string): DraftProblem | undefined =>
    host.test(text.trim()) ? undefined : 'hostForm';
  return present({
    instance: draft.instance === '' ? 'instanceMissing' : undefined,
    remotePort: kind === 'dynamic' ? undefined : portProblem(draft.remotePort, 'needed'),
    localPort: portProblem(draft.localPort, 'optional'),
    remoteHost: kind === 'local' ? needsHost(draft.remoteHost) : undefined,
    localHost: kind === 'remote' ? needsHost(draft.localHost) : undefined,
    address: reach === 'address' ? needsHost(draft.address) : undefined,
  });
}

function portProblem(typed: string, need: 'needed' | 'optional'): DraftProblem | undefined {
  if (typed.trim() === '') return need === 'needed' ? 'portMissing' : undefined;
  return readPort(typed.trim()) === undefined ? 'portRange' : undefined;
}

function present(
  problems: Record<DraftField, DraftProblem | undefined>,
): Partial<Record<DraftField, DraftProblem>> {
  const found: Partial<Record<DraftField, DraftProblem>> = {};
  for (const [field, problem] of Object.entries(problems)) {
    if (problem) found[field as DraftField] = problem;
  }
  return found;
}

/** @param offered a port here that the core offered in place of the typed one */
export function openingOf(draft: TunnelDraft, offered: number | undefined): ArgsOf<'tunnels.open'> {
  const { kind, instance, startsWithApp } = draft;
  const remotePort = kind === 'dynamic' ? undefined : readPort(draft.remotePort.trim());
  const localPort = offered ?? readPort(draft.localPort.trim());
  return {
    instance,
    kind,
    startsWithApp,
    name: draft.name.trim(),
    bindAddress: bindAddressOf(draft),
    ...(remotePort !== undefined && { remotePort }),
    ...(localPort !== undefined && { localPort }),
    ...(kind === 'local' && { remoteHost: bare(draft.remoteHost) }),
    ...(kind === 'remote' && { localHost: bare(draft.localHost) }),
  };
}

/** An IPv6 address as a resolver knows it: without the brackets it wears before a port. */
const bare = (typed: string): string => typed.trim().replace(/^\[(.*)\]$/, '$1');

function bindAddressOf({ reach, address }: TunnelDraft): string {
  if (reach === 'address') return bare(address);
  return reach === 'all' ? '*' : 'loopback';
}

/** The way as far as it is described; undefined until its ports are ones. */
export function draftEnds(draft: TunnelDraft): RouteEnds | undefined {
  const { remotePort: remoteProblem, localPort: localProblem } = draftProblems(draft);
  if (remoteProblem || localProblem) return undefined;
  const remotePort = readPort(draft.remotePort.trim()) ?? 0;
  const localPort =
    readPort(draft.localPort.trim()) ?? (draft.kind === 'dynamic' ? usualSocksPort : remotePort);
  return {
    kind: draft.kind,
    bindAddress: bindAddressOf(draft),
    localHost: draft.localHost.trim(),
    localPort,
    remoteHost: draft.remoteHost.trim(),
    remotePort,
  };
}
