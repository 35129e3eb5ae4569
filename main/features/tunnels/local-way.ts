/** A port here that leads to one place as the instance sees it (`ssh -L`). */
import type { Socket } from 'node:net';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Texts } from '../../core/texts.ts';
import { asCloudError } from './as-cloud-error.ts';
import { answerFailure } from './failure-page.ts';
import type { Intercept } from './forward.ts';
import { dismiss, openChannel } from './open-channel.ts';
import { closing, type Link, type Way } from './way.ts';

export function createLocalWay(link: Link, intercept: Intercept, texts: () => Texts): Way {
  const refused = (failure: CloudError) => {
    if (failure.rule?.id === 'tunnel-nothing-listens') link.doubt(failure);
    else link.note(failure);
  };
  return {
    async prove(client) {
      const { remoteHost, remotePort } = link.target;
      dismiss(await openChannel(client, remoteHost, remotePort));
    },
    async serve(socket: Socket) {
      const { remoteHost: host, remotePort: port } = link.target;
      try {
        const channel = await link.channel({ host, port, signal: closing(socket) }, refused);
        if (socket.destroyed) dismiss(channel);
        else link.join(socket, channel, intercept);
      } catch (error) {
        await answerFailure(socket, asCloudError(error), () => link.view, texts);
      }
    },
  };
}
