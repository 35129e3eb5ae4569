/** A port on the instance that leads to one place as this machine sees it (`ssh -R`). */
import { connect, type Socket } from 'node:net';
import { refusal } from '../../../preload/contract/errors.ts';
import { remoteBindAddress } from './bind-address.ts';
import { aheadBytes } from './forward.ts';
import type { Arrival, ForwardedPorts } from './forwarded-ports.ts';
import type { Link, Way } from './way.ts';

const connectTimeoutMs = 15_000;
/** Node hands the mark on to its streams, though its types know it for servers only. */
const socketOptions = { allowHalfOpen: true, noDelay: true, highWaterMark: aheadBytes };

export function createRemoteWay(link: Link, forwardedPorts: ForwardedPorts): Way {
  /** On their way to the place here; nobody waits for them any more once the connection is gone. */
  const leading = new Set<Socket>();

  /** Connected here first, so that a client there is told at once when nothing listens. */
  const lead = ({ accept, reject }: Arrival): void => {
    const { localHost: host, localPort: port } = link.target;
    const socket = connect({ host, port, ...socketOptions });
    leading.add(socket);
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
      leading.delete(socket);
      if (!accepted) reject();
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      leading.delete(socket);
      accepted = true;
      link.join(socket, accept());
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
      for (const socket of leading) socket.destroy();
    },
  };
}
