/** A port on the instance that leads to one place as this machine sees it (`ssh -R`). */
import { connect } from 'node:net';
import { refusal } from '../../../preload/contract/errors.ts';
import { remoteBindAddress } from './bind-address.ts';
import { join } from './forward.ts';
import type { Arrival, ForwardedPorts } from './forwarded-ports.ts';
import type { Link, Way } from './way.ts';

const connectTimeoutMs = 15_000;

export function createRemoteWay(link: Link, forwardedPorts: ForwardedPorts): Way {
  /** Connected here first, so that a client there is told at once when nothing listens. */
  const lead = ({ accept, reject }: Arrival): void => {
    const { localHost: host, localPort: port } = link.target;
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    link.count(socket);
    let accepted = false;
    const fail = () => {
      socket.destroy();
      if (!accepted) link.note(refusal('network', 'tunnel-nothing-listens-here', { host, port }));
    };
    const timer = setTimeout(fail, connectTimeoutMs);
    socket.on('error', fail);
    socket.once('close', () => {
      clearTimeout(timer);
      if (!accepted) reject();
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      accepted = true;
      join(socket, accept(), () => false);
    });
  };

  return {
    prove(client) {
      const { bindAddress, remotePort } = link.target;
      return forwardedPorts.open(client, remoteBindAddress(bindAddress), remotePort, lead);
    },
    release(client) {
      const { bindAddress, remotePort } = link.target;
      forwardedPorts.close(client, remoteBindAddress(bindAddress), remotePort);
    },
  };
}
