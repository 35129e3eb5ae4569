/** Whether a key or a password opens a guest. */
import { timingSafeEqual } from 'node:crypto';
import ssh2, { type AuthContext, type PublicKeyAuthContext } from 'ssh2';
import type { Files } from '../files/files.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly files: Files;
}

const keyFile = '/root/.ssh/authorized_keys';

export function mayEnter(context: AuthContext, { user, password, files }: Login): boolean {
  if (context.username !== user) return false;
  if (context.method === 'password') return isSame(context.password, password);
  return context.method === 'publickey' && isAuthorized(context, files);
}

/** Compares without telling by its time how much was right. */
function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function isAuthorized({ key, blob, signature, hashAlgo }: PublicKeyAuthContext, files: Files) {
  if (!files.exists(keyFile)) return false;
  for (const line of files.readText(keyFile).split('\n')) {
    // Options before the key's type are read over: everyone here is root anyway.
    const entry = /(?:^|\s)((?:ssh|ecdsa|sk)-\S+\s+[A-Za-z0-9+/=]+)/.exec(line)?.[1];
    if (entry === undefined || line.startsWith('#')) continue;
    const parsed = ssh2.utils.parseKey(entry);
    if (parsed instanceof Error || !parsed.getPublicSSH().equals(key.data)) continue;
    // Without a signature the client only asks whether the key would do.
    return !signature || !blob || parsed.verify(blob, signature, hashAlgo) === true;
  }
  return false;
}
