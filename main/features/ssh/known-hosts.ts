/** Which host keys are trusted: our own file beside the user's known_hosts, which is read and never written. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostKeyInfo } from '../../../preload/contract/instances.ts';
import { asDiskError, writeFileSafely } from '../../core/files.ts';
import { readSmallFile } from '../../core/read-small-file.ts';
import { describeKey, keyType } from './fingerprint.ts';
import { type KnownHostLine, matchesHost, parseKnownHosts } from './known-hosts-file.ts';

export type HostKeyVerdict =
  | { readonly kind: 'trusted' }
  /** `certAuthority`: an authority is trusted for the host, whose certificates cannot be checked here. */
  | { readonly kind: 'unknown'; readonly certAuthority: boolean }
  | { readonly kind: 'revoked' }
  /** Another key is known: a hard stop. `userFile`: it stands in a file of the user's, which only the user changes. */
  | {
      readonly kind: 'changed';
      readonly known: readonly HostKeyInfo[];
      readonly userFile?: string;
    };

export interface KnownHosts {
  /**
   * @param published keys the cloud publishes; when there are any, nothing else counts
   * @param files read besides the usual ones
   */
  judge(
    name: string,
    key: Buffer,
    published: readonly string[],
    files?: readonly string[],
  ): HostKeyVerdict;
  /** Types of the keys known under a name, to ask the server for one of them first. */
  knownTypes(
    name: string,
    published: readonly string[],
    files?: readonly string[],
  ): readonly string[];
  trusted(name: string): readonly HostKeyInfo[];
  /** Keys a cloud publishes, as a person compares them. */
  published(lines: readonly string[]): readonly HostKeyInfo[];
  /** @param seen where the key was shown, and the instance's name for a person. @throws CloudError when the disk refuses */
  trust(name: string, key: Buffer, seen?: Sighting): void;
  /** Who was trusted at an address last under another name: clouds give addresses to one instance after the other. */
  formerNameAt(address: string, name: string): string | undefined;
  /** Forgets what this application trusted; the user's own file is left alone. */
  forget(name: string): void;
}

/** Where OpenSSH keeps what the operator and what the machine's administrator trust. */
export const openSshKnownHosts = (
  homeDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] => {
  const { ProgramData } = environment;
  const forAll = ProgramData ? join(ProgramData, 'ssh') : '/etc/ssh';
  return [
    join(homeDirectory, '.ssh/known_hosts'),
    join(homeDirectory, '.ssh/known_hosts2'),
    join(forAll, 'ssh_known_hosts'),
    join(forAll, 'ssh_known_hosts2'),
  ];
};

/** Some hundred thousand hosts. */
const largestFileBytes = 64 * 1024 * 1024;

export interface Sighting {
  /** `host:port`. */
  readonly address: string;
  readonly name: string;
}

/** @param userFiles OpenSSH's own files, read anew at each question because other programs write them */
export function openKnownHosts(dataDirectory: string, userFiles: readonly string[]): KnownHosts {
  const file = join(dataDirectory, 'known_hosts');
  let own = parseKnownHosts(readOwn(file));

  const write = (lines: readonly KnownHostLine[]) => {
    const text = lines.map(({ marker, patterns, type, key, comment }) => {
      const words = [marker && `@${marker}`, patterns.join(','), type, key.toString('base64')];
      return `${[...words, comment].filter(Boolean).join(' ')}\n`;
    });
    writeFileSafely(file, text.join(''));
    own = lines;
  };
  const inUserFile = (path: string, name: string) =>
    parseKnownHosts(readSmallFile(path, largestFileBytes) ?? '').filter((line) =>
      matchesHost(line, name.toLowerCase()),
    );
  const linesFor = (name: string, files: readonly string[]): readonly KnownHostLine[] => [
    ...own.filter((line) => matchesHost(line, name.toLowerCase())),
    ...[...files, ...userFiles].flatMap((path) => inUserFile(path, name)),
  ];
  const plain = (lines: readonly KnownHostLine[]) =>
    lines.filter(({ marker }) => marker === undefined);

  return {
    judge(name, key, published, files = []) {
      const lines = linesFor(name, files);
      if (lines.some((line) => line.marker === 'revoked' && line.key.equals(key))) {
        return { kind: 'revoked' };
      }
      const fromCloud = published.flatMap(publishedKey);
      const known = fromCloud.length > 0 ? fromCloud : plain(lines).map(({ key: blob }) => blob);
      if (known.some((candidate) => candidate.equals(key))) return { kind: 'trusted' };
      if (known.length === 0) {
        const certAuthority = lines.some(({ marker }) => marker === 'cert-authority');
        return { kind: 'unknown', certAuthority };
      }
      const userFile =
        fromCloud.length === 0 &&
        [...files, ...userFiles].find((path) => plain(inUserFile(path, name)).length > 0);
      return {
        kind: 'changed',
        known: known.flatMap(describeSafely),
        ...(userFile && { userFile }),
      };
    },
    knownTypes: (name, published, files = []) => [
      ...new Set([
        ...published
          .flatMap(publishedKey)
          .flatMap(describeSafely)
          .map(({ type }) => type),
        ...plain(linesFor(name, files)).map(({ type }) => type),
      ]),
    ],
    trusted: (name) => plain(linesFor(name, [])).flatMap(({ key }) => describeSafely(key)),
    published: (lines) => lines.flatMap(publishedKey).flatMap(describeSafely),
    trust(name, key, seen) {
      const patterns = [name.toLowerCase()];
      const comment = seen ? writeSighting(seen) : '';
      write([...own, { marker: undefined, patterns, type: keyType(key), key, comment }]);
    },
    formerNameAt(address, name) {
      const wanted = name.toLowerCase();
      const sightings = own.flatMap((line) => {
        const seen = readSighting(line.comment);
        return seen?.address === address && !line.patterns.includes(wanted) ? [seen.name] : [];
      });
      return sightings.at(-1);
    },
    forget(name) {
      const wanted = name.toLowerCase();
      const kept = own.filter((line) => line.marker !== undefined || !matchesHost(line, wanted));
      if (kept.length !== own.length) write(kept);
    },
  };
}

/** A comment, which OpenSSH would not mind: one word for the address, one for the name. */
const writeSighting = ({ address, name }: Sighting): string =>
  `at=${encodeURIComponent(address)} as=${encodeURIComponent(name)}`;

function readSighting(comment: string): Sighting | undefined {
  const [, address, name] = /^at=(\S+) as=(\S*)$/.exec(comment) ?? [];
  try {
    return address === undefined
      ? undefined
      : { address: decodeURIComponent(address), name: decodeURIComponent(name ?? '') };
  } catch {
    return undefined;
  }
}

/** What cannot be read is not empty: taken for that, it would be overwritten. @throws CloudError or the system's error */
function readOwn(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch (error) {
    throw asDiskError(error, path);
  }
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
