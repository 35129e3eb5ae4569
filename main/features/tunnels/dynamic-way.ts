/** A SOCKS5 proxy here; the instance resolves the names and makes the connections (`ssh -D`). */
import type { Socket } from 'node:net';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Texts } from '../../core/texts.ts';
import { asCloudError } from './as-cloud-error.ts';
import { greetSocks } from './greet-socks.ts';
import { dismiss, openChannel } from './open-channel.ts';
import { sayLast } from './say-last.ts';
import { type SocksReply, socksReply } from './socks.ts';
import { closing, type Link, type Way } from './way.ts';

/** Nothing listens there; the instance's word about it has been to the far end and back. */
const probePort = 1;

export function createDynamicWay(link: Link, texts: () => Texts): Way {
  /** Where a client wants to go is its own affair; that nothing can go anywhere is the tunnel's. */
  const refused = (failure: CloudError) => {
    if (!triedThere(failure)) link.note(failure);
  };
  return {
    async prove(client) {
      try {
        dismiss(await openChannel(client, '127.0.0.1', probePort));
      } catch (error) {
        const failure = asCloudError(error);
        if (!triedThere(failure)) throw failure;
      }
    },
    async serve(socket: Socket) {
      const destination = await greetSocks(socket, texts, link.note);
      if (!destination) return;
      const { host, port, ahead } = destination;
      try {
        const channel = await link.channel({ host, port, signal: closing(socket) }, refused);
        if (socket.destroyed) {
          dismiss(channel);
          return;
        }
        socket.write(socksReply('succeeded'));
        if (ahead.length > 0) channel.write(ahead);
        link.join(socket, channel);
      } catch (error) {
        if (!socket.destroyed) sayLast(socket, socksReply(replyTo(asCloudError(error))));
      }
    },
  };
}

/** The instance tried to connect, and said what came of it. */
const triedThere = ({ rule }: CloudError): boolean =>
  rule?.id === 'tunnel-nothing-listens' ||
  rule?.id === 'tunnel-host-unreachable' ||
  rule?.id === 'tunnel-host-unknown';

function replyTo({ rule }: CloudError): SocksReply {
  switch (rule?.id) {
    case 'tunnel-nothing-listens':
      return 'refused';
    case 'tunnel-not-permitted':
      return 'notAllowed';
    case 'tunnel-host-unreachable':
    case 'tunnel-host-unknown':
      return 'hostUnreachable';
    case 'tunnel-no-answer':
      return 'expired';
    default:
      return 'failed';
  }
}
