/** A port here that leads to one place as the instance sees it (`ssh -L`). */
import type { Socket } from 'node:net';
import type { CloudError } from '../../../preload/contract/errors.ts';
import type { Texts } from '../../core/texts.ts';
import { asCloudError } from './as-cloud-error.ts';
import { waitAsBrowser } from './browser-patience.ts';
import { answerFailure } from './failure-page.ts';
import type { Intercept } from './forward.ts';
import { dismiss, openChannel } from './open-channel.ts';
import { peek } from './peek.ts';
import { speaksPlainly } from './secure-end.ts';
import { closing, type Link, type Wait, type Way } from './way.ts';

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
      const { remoteHost: host, remotePort: port, jupyterSecure } = link.target;
      const gone = closing(socket);
      try {
        // A client with TLS of its own speaks to the server itself, and judges its certificate.
        const secure = jupyterSecure === true && speaksPlainly(await peek(socket, gone));
        if (gone.aborted) return;
        const patiently: Wait = (waiting) => waitAsBrowser(socket, gone, waiting);
        const open = (signal: AbortSignal, wait?: Wait) =>
          link.channel({ host, port, secure, signal, ...(wait && { wait }) }, refused);
        const end = await (link.isUp ? open(gone, patiently) : patiently(open));
        if (socket.destroyed) dismiss(end);
        else link.join(socket, end, intercept);
      } catch (error) {
        await answerFailure(socket, asCloudError(error), () => link.view, texts);
      }
    },
  };
}
