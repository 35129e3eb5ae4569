/** The lines with which programs use a tunnel. */
import { assertNever } from '../../preload/contract/errors.ts';
import type { Tunnel } from '../../preload/contract/tunnels.ts';
import { pageOf } from './known-ports.ts';
import { addressOf } from './tunnel-route.ts';

export interface TunnelUse {
  /** Names its words. */
  readonly id: 'address' | 'page' | 'curl' | 'onInstance' | 'browser' | 'environment';
  readonly line: string;
}

const examplePage = 'http://example.internal/';

export function usesOf(tunnel: Tunnel): readonly TunnelUse[] {
  const address = addressOf(tunnel);
  switch (tunnel.kind) {
    case 'local': {
      const page = pageOf(tunnel);
      if (!page) return [{ id: 'address', line: address }];
      const [scheme] = page.split('//');
      return [
        { id: 'address', line: address },
        { id: 'page', line: page },
        { id: 'curl', line: `curl ${scheme}//${address}/` },
      ];
    }
    case 'remote':
      return [
        { id: 'onInstance', line: address },
        { id: 'curl', line: `curl http://${address}/` },
      ];
    case 'dynamic': {
      // With the h names are looked up on the instance, which knows its own network.
      const there = address.replace('socks5:', 'socks5h:');
      return [
        { id: 'address', line: address },
        { id: 'curl', line: `curl --proxy ${there} ${examplePage}` },
        { id: 'browser', line: `chromium --proxy-server=${address}` },
        { id: 'environment', line: `export ALL_PROXY=${there}` },
      ];
    }
    default:
      return assertNever(tunnel.kind);
  }
}
