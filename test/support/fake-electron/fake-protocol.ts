/** Custom schemes: privileges before the application is ready, one handler afterwards. */
import type { FakeApp } from './fake-app.ts';

export interface Scheme {
  readonly scheme: string;
  readonly privileges: Readonly<Record<string, boolean>>;
}

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

export interface FakeProtocol {
  readonly schemes: readonly Scheme[];
  /** @throws when nobody serves the scheme */
  request(url: string): Promise<Response>;
}

export function createFakeProtocol(app: FakeApp): FakeProtocol {
  const schemes: Scheme[] = [];
  const handlers = new Map<string, ProtocolHandler>();
  const protocol = {
    schemes,
    registerSchemesAsPrivileged(more: readonly Scheme[]) {
      if (app.isReady()) throw new Error('schemes after the application was ready');
      schemes.push(...more);
    },
    handle(scheme: string, handler: ProtocolHandler) {
      if (!app.isReady()) throw new Error('protocol.handle before the application was ready');
      if (handlers.has(scheme)) throw new Error(`${scheme} has a handler already`);
      handlers.set(scheme, handler);
    },
    async request(url: string) {
      const handler = handlers.get(new URL(url).protocol.slice(0, -1));
      if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${url}`);
      return await handler(new Request(url));
    },
  };
  return protocol;
}
