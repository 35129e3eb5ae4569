/** A web server before another: it answers some requests itself, as a cloud on a bad day would. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { SandboxApi } from './sandbox-api.ts';

export interface Gate {
  readonly url: string;
  /** Answers instead of the server behind; undefined lets the request pass. */
  answer: (request: IncomingMessage) => Response | undefined;
  stop(): void;
}

export async function startGate(behind: SandboxApi): Promise<Gate> {
  const server = createServer(async (request, response) => {
    const body = await new Response(Readable.toWeb(request) as ReadableStream).text();
    const { method = 'GET', url = '/' } = request;
    try {
      const answer = gate.answer(request) ?? (await behind.raw(method, url, body || undefined));
      response.writeHead(answer.status);
      response.end(await answer.text());
    } catch {
      // The server behind went away in the middle: so does this one.
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => undefined,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return gate;
}
