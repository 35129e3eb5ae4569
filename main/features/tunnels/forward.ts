/** Joins one accepted socket with one channel of the SSH connection, with back-pressure both ways. */
import type { Socket } from 'node:net';
import type ssh2 from 'ssh2';
import { type CloudError, refusal } from '../../../preload/contract/errors.ts';

/** Looks at what a client sends; takes the socket over by returning true. */
export type Intercept = (chunk: Buffer, socket: Socket) => boolean;

/** @throws CloudError network `tunnel-nothing-listens`, forbidden `tunnel-not-permitted`, quota `ssh-channel-refused` */
export function openChannel(
  client: ssh2.Client,
  host: string,
  port: number,
): Promise<ssh2.ClientChannel> {
  return new Promise((resolve, reject) => {
    const take = (
      error: (Error & { reason?: number | string }) | undefined,
      channel: ssh2.ClientChannel,
    ) => {
      if (error) reject(channelFailure(error, host, port));
      else resolve(channel);
    };
    try {
      client.forwardOut('127.0.0.1', 0, host, port, take);
    } catch {
      reject(refusal('network', 'ssh-connection-closed'));
    }
  });
}

/** Reasons of RFC 4254, section 5.1, as ssh2 names or numbers them. */
function channelFailure(
  error: Error & { reason?: number | string },
  host: string,
  port: number,
): CloudError {
  const detail = error.message.slice(0, 200);
  switch (error.reason) {
    case 1:
    case 'ADMINISTRATIVELY_PROHIBITED':
      return refusal('forbidden', 'tunnel-not-permitted', { host, port });
    case 2:
    case 'CONNECT_FAILED':
      return refusal('network', 'tunnel-nothing-listens', { host, port });
    default:
      return refusal('quota', 'ssh-channel-refused', { detail });
  }
}

/** Until both ends are closed. Either end's half-close is passed on. */
export function join(socket: Socket, channel: ssh2.ClientChannel, intercept: Intercept): void {
  let taken = false;
  socket.on('data', (chunk: Buffer) => {
    if (taken) return;
    if (intercept(chunk, socket)) {
      taken = true;
      channel.removeAllListeners('data');
      channel.resume();
      channel.close();
      return;
    }
    if (!channel.write(chunk)) socket.pause();
  });
  channel.on('drain', () => socket.resume());
  socket.on('end', () => {
    if (!taken) channel.end();
  });
  socket.on('close', () => channel.close());

  channel.on('data', (chunk: Buffer) => {
    if (!socket.write(chunk)) channel.pause();
  });
  socket.on('drain', () => channel.resume());
  channel.stderr.resume();
  channel.on('error', () => socket.destroy());
  channel.on('end', () => {
    if (!taken) socket.end();
  });
  channel.on('close', () => {
    if (!taken) socket.destroySoon();
  });
  socket.resume();
}
