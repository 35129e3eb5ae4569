/** Who may open a channel on the web host: a one-time token is exchanged for a session key; keys are few and revocable. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Older keys stop working beyond this many. */
const maxKeys = 16;

const introduction = z.union([
  z.strictObject({ token: z.string().max(200) }),
  z.strictObject({ key: z.string().max(200) }),
]);

export interface SessionKeys {
  /** Replaces the token that was not used yet. */
  newToken(): string;
  /** @returns the session key to use from now on, or undefined when the introduction is not accepted */
  exchange(text: string): string | undefined;
  revokeAll(): void;
}

export function createSessionKeys(): SessionKeys {
  let token: string | undefined;
  const keys: string[] = [];
  const newSecret = () => randomBytes(32).toString('base64url');
  return {
    newToken() {
      token = newSecret();
      return token;
    },
    exchange(text) {
      const shown = parse(text);
      if (!shown) return undefined;
      if ('key' in shown) return keys.find((key) => isSame(key, shown.key));
      if (token === undefined || !isSame(token, shown.token)) return undefined;
      token = undefined;
      const key = newSecret();
      keys.push(key);
      if (keys.length > maxKeys) keys.shift();
      return key;
    },
    revokeAll() {
      keys.length = 0;
      token = undefined;
    },
  };
}

function parse(text: string): z.infer<typeof introduction> | undefined {
  if (text.length > 1000) return undefined;
  try {
    return introduction.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
