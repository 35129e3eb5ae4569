/** Which host keys are trusted: our own file beside the user's known_hosts, which is read and never written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import { writeFileSafely } from '../../core/files.ts';
import { describeKey, keyType } from './fingerprint.ts';
import { type KnownHostLine, matchesHost, parseKnownHosts } from './known-hosts-file.ts';

export type HostKeyVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'revoked' }
  /** Another key is known: a hard stop. */
  | { readonly kind: 'changed'; readonly known: readonly HostKeyInfo[] };

export interface KnownHosts {
  /** @param published keys the cloud publishes; when there are any, nothing else counts */
  judge(name: string, key: Buffer, published: readonly string[]): HostKeyVerdict;
  /** Types of the keys known under a name, to ask the server for one of them first. */
  knownTypes(name: string, published: readonly string[]): readonly string[];
  trusted(name: string): readonly HostKeyInfo[];
  /** @throws CloudError when the disk refuses */
  trust(name: string, key: Buffer): void;
  /** Forgets what this application trusted; the user's own file is left alone. */
  forget(name: string): void;
}

/** @param userFiles OpenSSH's own files, read anew at each question because other programs write them */
export function openKnownHosts(dataDirectory: string, userFiles: readonly string[]): KnownHosts {
  const file = join(dataDirectory, 'known_hosts');
  const readLines = (path: string) =>
    existsSync(path) ? parseKnownHosts(readFileSync(path, 'utf8')) : [];
  let own = readLines(file);

  const write = (lines: readonly KnownHostLine[]) => {
    const text = lines.map(
      ({ patterns, type, key }) => `${patterns.join(',')} ${type} ${key.toString('base64')}\n`,
    );
    writeFileSafely(file, text.join(''));
    own = lines;
  };
  const linesFor = (name: string): readonly KnownHostLine[] => {
    const wanted = name.toLowerCase();
    return [...own, ...userFiles.flatMap(readLines)].filter((line) => matchesHost(line, wanted));
  };
  const plain = (lines: readonly KnownHostLine[]) =>
    lines.filter(({ marker }) => marker === undefined);

  return {
    judge(name, key, published) {
      const lines = linesFor(name);
      if (lines.some((line) => line.marker === 'revoked' && line.key.equals(key))) {
        return { kind: 'revoked' };
      }
      const known =
        published.length > 0
          ? published.flatMap(publishedKey)
          : plain(lines).map(({ key: blob }) => blob);
      if (known.some((candidate) => candidate.equals(key))) return { kind: 'trusted' };
      return known.length === 0
        ? { kind: 'unknown' }
        : { kind: 'changed', known: known.flatMap(describeSafely) };
    },
    knownTypes: (name, published) => [
      ...new Set([
        ...published.flatMap(publishedKey).map(keyType),
        ...plain(linesFor(name)).map(({ type }) => type),
      ]),
    ],
    trusted: (name) => plain(linesFor(name)).flatMap(({ key }) => describeSafely(key)),
    trust(name, key) {
      const patterns = [name.toLowerCase()];
      write([...own, { marker: undefined, patterns, type: keyType(key), key }]);
    },
    forget(name) {
      const wanted = name.toLowerCase();
      const kept = own.filter((line) => !matchesHost(line, wanted));
      if (kept.length !== own.length) write(kept);
    },
  };
}

function describeSafely(key: Buffer): readonly HostKeyInfo[] {
  try {
    return [describeKey(key)];
  } catch {
    return [];
  }
}

function publishedKey(line: string): readonly Buffer[] {
  const base64 = line.trim().split(/\s+/)[1];
  return base64 ? [Buffer.from(base64, 'base64')] : [];
}
