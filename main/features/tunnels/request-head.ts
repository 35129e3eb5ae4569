/** The beginning of what a client of a tunnel sends, as far as it tells a browser from anything else. */
import type { Socket } from 'node:net';

/** A browser has sent its request by then; other protocols may wait for the server for ever. */
const listenMs = 1000;
const enoughBytes = 16 * 1024;

export interface RequestHead {
  readonly method: string;
  /** Name or address the client called us by, without a port; empty when it said nothing. */
  readonly host: string;
  /** Whether a person is to read the answer. */
  readonly wantsPage: boolean;
}

/** @returns undefined when it is no HTTP, or nothing came. The socket flows afterwards. */
export async function readRequestHead(socket: Socket): Promise<RequestHead | undefined> {
  return parseRequestHead(await firstBytes(socket));
}

export function parseRequestHead(text: string): RequestHead | undefined {
  const [, method] =
    /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH) \S+ HTTP\/1\.[01]\r\n/.exec(text) ?? [];
  if (method === undefined) return undefined;
  const [head = ''] = text.split('\r\n\r\n', 1);
  const headerOf = (name: string) =>
    new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'i').exec(head)?.[1]?.trim() ?? '';
  const mode = headerOf('sec-fetch-mode');
  return {
    method,
    host: headerOf('host').replace(/:\d+$/, '').toLowerCase(),
    // Others take a page too, where there is nothing better: pip, for one.
    wantsPage: mode === 'navigate' || (mode === '' && headerOf('accept').startsWith('text/html')),
  };
}

function firstBytes(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const finish = () => {
      clearTimeout(timer);
      socket.off('data', take).off('close', finish).off('end', finish);
      resolve(text);
    };
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1', 0, enoughBytes);
      // What is no HTTP from its first letter on is not waited for.
      const mayBeHttp = /^[A-Z]{1,7}($| )/.test(text);
      if (!mayBeHttp || text.includes('\r\n\r\n') || text.length >= enoughBytes) finish();
    };
    const timer = setTimeout(finish, listenMs);
    socket.on('data', take).on('end', finish).on('close', finish);
    socket.resume();
  });
}
