/** What is to be saved of a tunnel that was asked for: every kind with its own defaults. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { refusal } from '../../../preload/contract/errors.ts';
import type { tunnels } from '../../../preload/contract/tunnels.ts';
import type { SavedTunnel } from '../../core/settings.ts';

export type AskedTunnel = z.infer<typeof tunnels.open.args>;

/** The port every program expects a SOCKS proxy at (RFC 1928, section 3). */
const socksPort = 1080;

/**
 * @returns with the local port that would be best, not yet looked at
 * @throws CloudError invalid `tunnel-port-missing`
 */
export function newTunnel(asked: AskedTunnel): SavedTunnel {
  const { kind, name, instance, bindAddress, remotePort, localPort, startsWithApp } = asked;
  const common = { id: randomUUID(), kind, name, instance, bindAddress, startsWithApp };
  if (kind === 'dynamic') {
    return {
      ...common,
      localPort: localPort ?? socksPort,
      localHost: '',
      remoteHost: '',
      remotePort: 0,
    };
  }
  if (remotePort === undefined) throw refusal('invalid', 'tunnel-port-missing');
  return {
    ...common,
    localPort: localPort ?? remotePort,
    localHost: kind === 'remote' ? asked.localHost : '',
    remoteHost: kind === 'local' ? asked.remoteHost : '',
    remotePort,
  };
}
