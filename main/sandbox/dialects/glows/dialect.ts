/** Glows.ai's SDK HTTP API (v1) over the sandbox world: finds the route, checks the token, words refusals as codes. */
import { timingSafeEqual } from 'node:crypto';
import { type Answer, jsonAnswer } from '../../http/answer.ts';
import type { Request } from '../../http/http-server.ts';
import { Refusal } from '../../world/refusal.ts';
import type { World } from '../../world/world.ts';
import { badToken, codeOf, invalid, ok } from './codes.ts';
import { extensionRoutes } from './extension-routes.ts';
import { networkRoutes } from './network-routes.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

export const glowsBasePath = '/sdk/v1';

const all: ReadonlyMap<string, Route> = new Map(
  [...routes, ...extensionRoutes, ...networkRoutes].map((route) => [
    `${route.method} ${glowsBasePath}${route.path}`,
    route,
  ]),
);

/** Every answer is HTTP 200 with a code; a false token is code 176, as with the real service. */
export async function answerGlows(world: World, request: Request): Promise<Answer> {
  if (!hasToken(request, world.token)) {
    return jsonAnswer({ code: badToken, msg: 'token is invalid or expired' });
  }
  const route = all.get(`${request.method} ${request.path}`);
  if (!route) {
    return jsonAnswer({ code: invalid, msg: `There is no ${request.method} ${request.path}.` });
  }
  try {
    return jsonAnswer({ code: ok, msg: '', ...(await route.answer(world, request)) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return jsonAnswer({ code: codeOf[error.kind], msg: error.message });
  }
}

export function hasToken({ authorization }: Request, token: string): boolean {
  const given = Buffer.from(authorization);
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}
