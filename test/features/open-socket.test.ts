/** A socket waits for whoever wants it: what a server says first is not lost meanwhile. */
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSocket } from '../../main/features/ssh/open-socket.ts';
import { addressPort, closeServer, listen } from '../support/listening.ts';

let server: Server;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('SSH-2.0-first\r\n');
  });
  await listen(server);
});
afterAll(() => closeServer(server));

it('keeps what was said before anybody listened, also when listeners come one after the other', async () => {
  const socket = await openSocket('127.0.0.1', addressPort(server), new AbortController().signal);
  const heard: string[] = [];
  await sleep(100);
  socket.on('data', (bytes) => heard.push(`early ${bytes}`));
  await sleep(100);
  socket.on('data', (bytes) => heard.push(`late ${bytes}`));
  socket.resume();
  await expect.poll(() => heard).toEqual(['early SSH-2.0-first\r\n', 'late SSH-2.0-first\r\n']);
  socket.destroy();
});
