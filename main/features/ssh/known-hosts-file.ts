/** OpenSSH's known_hosts format: parsed leniently, matched strictly (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
import { createHmac } from 'node:crypto';
import { matchesPattern } from '../ssh-config/host-pattern.ts';
import { keyType } from './fingerprint.ts';

export interface KnownHostLine {
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  readonly patterns: readonly string[];
  readonly type: string;
  readonly key: Buffer;
  /** What stands after the key; empty when nothing does. */
  readonly comment: string;
}

/** Lines that are not understood are left out, as OpenSSH does. */
export function parseKnownHosts(text: string): readonly KnownHostLine[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): KnownHostLine | undefined {
  const words = line.trim().split(/[ \t]+/);
  if (words[0] === '' || words[0]?.startsWith('#')) return undefined;
  const marked = words[0]?.startsWith('@') ? words.shift()?.slice(1) : undefined;
  if (marked !== undefined && marked !== 'revoked' && marked !== 'cert-authority') return undefined;
  const [hosts, type, base64, ...comment] = words;
  if (!hosts || !type || !base64 || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  if (!isKey(key, type)) return undefined;
  return { marker: marked, patterns: hosts.split(','), type, key, comment: comment.join(' ') };
}

/** Half a key must not stand for "another key is known". */
function isKey(key: Buffer, type: string): boolean {
  try {
    return keyType(key) === type;
  } catch {
    return false;
  }
}

/** @param name `host`, or `[host]:port` for a port other than 22; lower case */
export function matchesHost(line: KnownHostLine, name: string): boolean {
  let matched = false;
  for (const pattern of line.patterns) {
    if (pattern.startsWith('|1|')) {
      if (matchesHash(pattern, name)) matched = true;
    } else if (pattern.startsWith('!')) {
      if (matchesPattern(pattern.slice(1).toLowerCase(), name)) return false;
    } else if (matchesPattern(pattern.toLowerCase(), name)) {
      matched = true;
    }
  }
  return matched;
}

function matchesHash(pattern: string, name: string): boolean {
  const [, , salt = '', hash] = pattern.split('|');
  return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
