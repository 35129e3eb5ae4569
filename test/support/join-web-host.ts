/** Joins a running web host the way its page does, without a browser. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Channel } from '../../preload/contract/wire.ts';
import { type Client, createClient } from '../../renderer/client/client.ts';

/** @param link as the web host prints it. @throws when the host refuses */
export async function joinWebHost(link: string): Promise<Channel> {
  const { host, origin, hash } = new URL(link);
  const socket = new WebSocket(`ws://${host}/channel`, { origin });
  await once(socket, 'open');
  socket.send(JSON.stringify({ token: new URLSearchParams(hash.slice(1)).get('token') }));
  const [welcome] = await once(socket, 'message');
  if (!JSON.parse(String(welcome)).key) throw new Error(`refused: ${welcome}`);
  return {
    send: (frame) => socket.send(frame),
    onFrame: (handler) =>
      socket.on('message', (data: Buffer, isBinary) =>
        handler(isBinary ? new Uint8Array(data) : String(data)),
      ),
    onClose: (handler) => socket.on('close', handler),
    close: () => socket.close(),
  };
}

/** The page's own client on a channel that is there. */
export function clientOn(channel: Channel): Client {
  return createClient(({ connected, lost }) => {
    channel.onClose(lost);
    connected(channel);
  });
}
