/** Where a tunnel listens, and to whom that opens it. */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { refusal } from '../../../preload/contract/errors.ts';
import type { PromptQuestion } from '../../../preload/contract/prompts.ts';
import type { SavedTunnel } from '../../core/settings.ts';

const loopback = ['127.0.0.1', '::1'] as const;
const everywhere = ['0.0.0.0', '::'] as const;

export const isLoopback = (address: string): boolean =>
  ['loopback', 'localhost', '::1'].includes(address) ||
  (isIP(address) === 4 && address.startsWith('127.'));

/**
 * The addresses to listen at on this machine.
 * @throws CloudError invalid `tunnel-bind-not-here`
 */
export function localBindAddresses(bindAddress: string): readonly string[] {
  if (bindAddress === 'loopback' || bindAddress === 'localhost') return loopback;
  if (bindAddress === '*') return everywhere;
  if (isLoopback(bindAddress) || everywhere.some((address) => address === bindAddress)) {
    return [bindAddress];
  }
  const ours = Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
  if (ours.includes(bindAddress)) return [bindAddress];
  throw refusal('invalid', 'tunnel-bind-not-here', { address: bindAddress });
}

/** Whether a page of the tunnel is found at 127.0.0.1, the one address browsers are sent to. */
export const answersBrowsers = (bindAddress: string): boolean =>
  ['loopback', 'localhost', '127.0.0.1', '*', ...everywhere].includes(bindAddress);

/** As RFC 4254, section 7.1, words it: `localhost` is loopback in both families, the empty text is everywhere. */
export function remoteBindAddress(bindAddress: string): string {
  if (bindAddress === 'loopback') return 'localhost';
  return bindAddress === '*' ? '' : bindAddress;
}

/** @throws CloudError invalid when the tunnel could listen nowhere */
export function checkBindAddress({ kind, bindAddress }: SavedTunnel): void {
  if (kind !== 'remote') localBindAddresses(bindAddress);
  else if (!/^[\w.:*-]+$/.test(bindAddress)) {
    throw refusal('invalid', 'tunnel-bind-no-address', { address: bindAddress });
  }
}

/** What is to be asked before the tunnel is started; undefined where nobody else can reach it. */
export function exposureOf(
  { kind, bindAddress, localHost, localPort, remoteHost, remotePort }: SavedTunnel,
  instanceName: string,
): Extract<PromptQuestion, { kind: 'expose-port' }> | undefined {
  if (isLoopback(bindAddress)) return undefined;
  const question = { kind: 'expose-port', bindAddress } as const;
  switch (kind) {
    case 'local':
      return {
        ...question,
        side: 'here',
        port: localPort,
        leadsTo: `${instanceName} → ${remoteHost}:${remotePort}`,
      };
    case 'dynamic':
      return { ...question, side: 'here', port: localPort, leadsTo: `${instanceName} → SOCKS5` };
    case 'remote':
      return {
        ...question,
        side: 'instance',
        port: remotePort,
        leadsTo: `${localHost}:${localPort}`,
      };
  }
}
