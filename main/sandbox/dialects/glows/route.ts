/** What a route of this dialect is: a method, a path, the input it takes, and what it answers beside code and msg. */
import { z } from 'zod';
import type { Request } from '../../http/http-server.ts';
import { Refusal } from '../../world/refusal.ts';
import type { World } from '../../world/world.ts';

export interface Route {
  readonly method: string;
  readonly path: string;
  answer(world: World, request: Request): Promise<object> | object;
}

/** Input comes as the query of GET and DELETE, and as a JSON body otherwise. @throws Refusal invalid */
export function route<Schema extends z.ZodType>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  schema: Schema,
  handler: (world: World, input: z.output<Schema>) => Promise<object> | object,
): Route {
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return {
    method,
    path,
    answer(world, request) {
      const input = hasBody ? parseJson(request.body) : Object.fromEntries(request.query);
      return handler(world, check(schema, input));
    },
  };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid', 'That is not JSON.');
  }
}

export function check<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  throw new Refusal('invalid', `${where || 'The request'}: ${issue?.message ?? 'wrong shape'}.`);
}

/** Fields that come back in the shapes of the API. */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');
export const name = z.string().max(1000);
const flag = z.union([z.boolean(), z.literal(['0', '1', 'true', 'false', 0, 1])]);
/** `true`, `1` or `"1"`. */
export const truth = flag.transform((value) => ['1', 'true'].includes(String(value)));
export const portNumber = z.coerce.number().int().min(1).max(65_535);
/** 1 = SSH or TCP, 2 = HTTP. */
export const protocol = z.coerce
  .number()
  .pipe(z.literal([1, 2]))
  .transform((number) => (number === 2 ? ('http' as const) : ('tcp' as const)));
export const nothing = z.object({});

export const seconds = (ms: number) => ({ seconds: Math.floor(ms / 1000) });
