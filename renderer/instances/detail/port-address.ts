/** Where a forwarded port is reached, and what that address is good for. */
import type { PortForwarding } from '../../../preload/contract/ports.ts';

export interface PortAddress {
  /** As a person copies it: a whole URL for web services, host and port for others. */
  readonly text: string;
  readonly isPage: boolean;
}

/** @returns undefined until the cloud has placed it */
export function portAddress({ url }: Pick<PortForwarding, 'url'>): PortAddress | undefined {
  if (url === undefined || url === '') return undefined;
  const isPage = /^https?:\/\//i.test(url);
  return { text: isPage ? url : url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, ''), isPage };
}

/** Web services first, then by port; SSH has a block of its own. */
export function sortPorts(ports: readonly PortForwarding[]): readonly PortForwarding[] {
  const rank = ({ protocol }: PortForwarding) => (protocol === 'https' ? 0 : 1);
  return ports
    .filter(({ protocol }) => protocol !== 'ssh')
    .sort((a, b) => rank(a) - rank(b) || a.port - b.port);
}
