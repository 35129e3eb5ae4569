/** SSH servers whose file transfer is odd: hostile answers, noise, silence. Any password is right. */
import { once } from 'node:events';
import ssh2, { type ServerChannel, type SFTPWrapper } from 'ssh2';
import { newKeyPair } from './key-pair.ts';
import { addressPort } from './listening.ts';

export interface OddSftp {
  readonly port: number;
  stop(): Promise<void>;
}

/** @param serve answers as a real SFTP server's library lets it */
export const startOddSftp = (serve: (sftp: SFTPWrapper) => void): Promise<OddSftp> =>
  start((session) => session.on('sftp', (accept) => serve(accept())));

/** @param serve the bare bytes of the subsystem */
export const startRawSftp = (serve: (channel: ServerChannel) => void): Promise<OddSftp> =>
  start((session) =>
    session.on('subsystem', (accept) => {
      const channel: ServerChannel | undefined = accept();
      if (channel) serve(channel);
    }),
  );

/** There is no such subsystem. */
export const startWithoutSftp = (): Promise<OddSftp> => start(() => {});

async function start(take: (session: ssh2.Session) => void): Promise<OddSftp> {
  const server = new ssh2.Server({ hostKeys: [newKeyPair().private] }, (client) => {
    client.on('error', () => {});
    client.on('authentication', (context) => {
      if (context.method === 'password') context.accept();
      else context.reject(['password']);
    });
    client.on('ready', () => client.on('session', (accept) => take(accept())));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: addressPort(server),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
