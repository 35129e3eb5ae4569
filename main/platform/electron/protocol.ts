/** `app://`: serves the built page from one directory and nothing else, with the policy as a header. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Electron } from './electron.ts';
import { isOwnAddress, pageScheme } from './page-address.ts';

/** Whatever the build puts beside the page; another ending is not served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Before the application is ready. Without the privileges the page would have no origin; `bypassCSP` stays off. */
export function registerPageScheme(protocol: Electron['protocol']): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    },
  ]);
}

/** After the application is ready. */
export function servePage(protocol: Electron['protocol'], directory: string, policy: string): void {
  protocol.handle(pageScheme, (request) => answerPageRequest(request, directory, policy));
}

/** Never throws: what cannot be served is a status without a body. */
export async function answerPageRequest(
  request: Pick<Request, 'method' | 'url'>,
  directory: string,
  policy: string,
): Promise<Response> {
  const refuse = (status: number) => new Response(null, { status });
  if (request.method !== 'GET') return refuse(405);
  if (!isOwnAddress(request.url)) return refuse(403);
  const path = decodePath(new URL(request.url).pathname);
  if (path === undefined) return refuse(400);
  const mediaType = mediaTypes[extname(path).toLowerCase()];
  if (!mediaType) return refuse(404);
  try {
    const root = await realpath(directory);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) return refuse(403);
    return new Response(await readFile(file), {
      headers: {
        'Content-Type': mediaType,
        'Content-Security-Policy': policy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  } catch {
    return refuse(404);
  }
}

function decodePath(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname);
    if (path.includes('\0')) return undefined;
    return path === '/' ? '/index.html' : path;
  } catch {
    return undefined;
  }
}
