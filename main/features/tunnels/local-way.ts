/** A port here that leads to one place as the instance sees it (`ssh -L`). */
import type { Socket } from 'node:net';
import { asCloudError } from './as-cloud-error.ts';
import { answerFailure, type WordFailure } from './failure-page.ts';
import { type Intercept, join } from './forward.ts';
import { dismiss, openChannel } from './open-channel.ts';
import { closing, type Link, type Way } from './way.ts';

export function createLocalWay(link: Link, intercept: Intercept, wordFailure: WordFailure): Way {
  return {
    async prove(client) {
      const { remoteHost, remotePort } = link.target;
      dismiss(await openChannel(client, remoteHost, remotePort));
    },
    async serve(socket: Socket) {
      const { remoteHost, remotePort } = link.target;
      try {
        const channel = await link.channel(remoteHost, remotePort, closing(socket));
        if (socket.destroyed) dismiss(channel);
        else join(socket, channel, intercept);
      } catch (error) {
        const failure = asCloudError(error);
        if (failure.rule?.id === 'tunnel-nothing-listens') link.doubt(failure);
        else if (failure.code !== 'cancelled') link.note(failure);
        await answerFailure(socket, failure, wordFailure);
      }
    },
  };
}
