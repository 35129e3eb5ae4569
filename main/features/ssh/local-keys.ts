/** Private keys in the home directory's `.ssh`: listed by name, read only when one is used. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { refusal } from '../../../preload/contract/errors.ts';
import type { LocalKey } from '../../../preload/contract/ssh.ts';
import { readSmallFile } from '../../core/read-small-file.ts';
import { fingerprint, keyType } from './fingerprint.ts';
import { largestKeyBytes, readIdentityFile } from './identity-file.ts';

/** The names OpenSSH tries by itself, strongest first. */
export const usualKeyNames = ['id_ed25519', 'id_ecdsa', 'id_rsa'] as const;

/** Names a file in the directory, and never a way out of it. */
const plainName = /^(?!\.{1,2}$)[\w.@+-]{1,200}$/;

export function listLocalKeys(homeDirectory: string): readonly LocalKey[] {
  const directory = join(homeDirectory, '.ssh');
  let names: readonly string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (name.endsWith('.pub') || !plainName.test(name)) return [];
    const text = readKeyText(join(directory, name));
    return text === undefined ? [] : describe(homeDirectory, name, text);
  });
}

/** One of them. @throws CloudError not-found `key-file-missing` */
export function describeLocalKey(homeDirectory: string, name: string): LocalKey {
  const [key] = plainName.test(name)
    ? describe(homeDirectory, name, readLocalKey(homeDirectory, name))
    : [];
  if (!key) throw refusal('not-found', 'key-file-missing', { name });
  return key;
}

/** @throws CloudError not-found `key-file-missing` */
export function readLocalKey(homeDirectory: string, name: string): string {
  const text = readKeyText(join(homeDirectory, '.ssh', name));
  if (text === undefined) throw refusal('not-found', 'key-file-missing', { name });
  return text;
}

export type OpenedKey =
  | { readonly kind: 'open'; readonly key: ssh2.ParsedKey }
  | { readonly kind: 'needs-passphrase' }
  | { readonly kind: 'wrong-passphrase' }
  | { readonly kind: 'not-a-key'; readonly detail: string };

/** Every format ssh2 reads: OpenSSH, PEM (PKCS#1, SEC1), PPK. */
export function openPrivateKey(text: string, passphrase: string | undefined): OpenedKey {
  const parsed = ssh2.utils.parseKey(text, passphrase);
  if (!(parsed instanceof Error)) {
    const key = Array.isArray(parsed) ? parsed[0] : parsed;
    return key?.isPrivateKey()
      ? { kind: 'open', key }
      : { kind: 'not-a-key', detail: 'public key' };
  }
  if (/no passphrase given/i.test(parsed.message)) return { kind: 'needs-passphrase' };
  if (
    passphrase !== undefined &&
    /bad passphrase|integrity|decrypt|malformed/i.test(parsed.message)
  ) {
    return { kind: 'wrong-passphrase' };
  }
  return { kind: 'not-a-key', detail: parsed.message };
}

function readKeyText(path: string): string | undefined {
  const text = readSmallFile(path, largestKeyBytes);
  return /PRIVATE KEY-----|^PuTTY-User-Key-File/m.test(text ?? '') ? text : undefined;
}

function describe(homeDirectory: string, name: string, text: string): readonly LocalKey[] {
  const { kind } = openPrivateKey(text, undefined);
  if (kind !== 'open' && kind !== 'needs-passphrase') return [];
  const path = join(homeDirectory, '.ssh', name);
  const { publicKey, hasCertificate } = readIdentityFile(homeDirectory, path) ?? {};
  const type = publicKey ? keyType(publicKey) : '';
  const line = publicKey && `${type} ${publicKey.toString('base64')}`;
  return [
    {
      name,
      type,
      fingerprint: publicKey ? fingerprint(publicKey) : '',
      encrypted: kind === 'needs-passphrase',
      ...(line && { publicKey: withComment(line, `${path}.pub`) }),
      ...(hasCertificate && { hasCertificate }),
    },
  ];
}

/** As the public file beside it has it, if that is of the same key. */
function withComment(line: string, publicFile: string): string {
  const text = readSmallFile(publicFile, largestKeyBytes) ?? '';
  const [whole = ''] = /^[^\r\n]{0,4000}/.exec(text) ?? [];
  return whole.startsWith(`${line} `) ? whole.trim() : line;
}
