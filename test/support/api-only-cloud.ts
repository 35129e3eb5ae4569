/** The sandbox behind an API without its extensions, as the real cloud has it: what is announced nowhere is not there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ApiOnlyCloud {
  readonly url: string;
  stop(): Promise<void>;
}

const extensions = /^\/sdk\/v1\/(capabilities|ext\/)/;

export async function startApiOnlyCloud(sandboxUrl: string): Promise<ApiOnlyCloud> {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    if (extensions.test(url)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
      return;
    }
    const body = await buffer(request);
    const answer = await fetch(`${sandboxUrl}${url}`, {
      method,
      headers: {
        authorization: String(headers.authorization ?? ''),
        'content-type': 'application/json',
      },
      ...(body.length > 0 && { body: body.toString() }),
    });
    const type = answer.headers.get('content-type') ?? 'application/json';
    response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
