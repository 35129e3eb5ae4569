/** A TCP connection to a server, within a time and until it is called off. */
import { connect, type Socket } from 'node:net';
import { CloudError, refusal } from '../../../preload/contract/errors.ts';
import { networkFailure } from './network-failure.ts';

const tcpTimeoutMs = 15_000;

/** @throws CloudError network, timeout `reach-timeout`, cancelled */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new CloudError('cancelled', 'cancelled'));
      return;
    }
    const socket = connect({ host, port, autoSelectFamily: true, noDelay: true });
    // Nothing is read, and lost, before whoever wants it listens and resumes.
    socket.pause();
    const finish = (error?: CloudError) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      // These two only: taking all away would take the socket's own with them, and set it flowing again.
      socket.off('connect', arrive).off('error', fail);
      if (!error) {
        resolve(socket);
        return;
      }
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const cancel = () => finish(new CloudError('cancelled', 'cancelled'));
    const timer = setTimeout(
      () => finish(refusal('timeout', 'reach-timeout', { seconds: tcpTimeoutMs / 1000 })),
      tcpTimeoutMs,
    );
    signal.addEventListener('abort', cancel);
    const arrive = () => finish();
    const fail = (error: NodeJS.ErrnoException) =>
      finish(networkFailure(error, error.code, host, port));
    socket.once('connect', arrive);
    socket.once('error', fail);
  });
}
