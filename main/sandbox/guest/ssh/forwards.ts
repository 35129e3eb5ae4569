/** Tunnels into a guest: to its own services only, and only where one listens. */
import type { Duplex } from 'node:stream';
import type { ServerChannel } from 'ssh2';

export function createForwards(services: ReadonlyMap<number, (stream: Duplex) => void>) {
  return (port: number, open: () => ServerChannel): boolean => {
    const service = services.get(port);
    if (!service) return false;
    service(open());
    return true;
  };
}
