/** Who fills which part: the next transfer to a place knows what an earlier one of ours left there, so that parts never pile up. */
import { createHash } from 'node:crypto';
import { partEnding, partName } from './part-name.ts';
import { bytesOf } from './remote-text.ts';

/** Pieces of a file end in any order, the last of them at most so far ahead of the first that is missing. */
export const mostAheadBytes = 64 * 1024 * 1024;

/** So much of what a crash left is certain to be there. */
export const sureBytes = (size: number): number => Math.max(size - mostAheadBytes, 0);

/** The right to one place, until it is let go. */
export interface PartClaim {
  /** What the file is called until it is whole; the same at the next try with the same content. */
  readonly name: string;
  /** Whether a name is one of ours for the same place, with whatever content. */
  isOurs(name: string): boolean;
  letGo(): void;
}

export interface Place {
  /** The instance's key; absent: this machine. */
  readonly instance?: string;
  readonly directory: string;
  readonly name: string;
}

export interface PartNames {
  /** @param content what tells the file from another one that would take the same place */
  claim(place: Place, content: readonly (string | number)[]): PartClaim;
}

/** @param installation tells this machine's parts from those of others who work in the same directory */
export function createPartNames(installation: () => string): PartNames {
  const claimed = new Set<string>();
  return {
    claim({ instance = '', directory, name }, content) {
      const mark = digest([installation(), instance, directory, name]);
      // Another transfer is filling it, or still clearing it away.
      if (claimed.has(mark)) return { name: partName(name), isOurs: () => false, letGo() {} };
      claimed.add(mark);
      const beginning = partName(name, `${mark}-`).slice(0, -partEnding.length);
      return {
        name: partName(name, `${mark}-${digest(content)}`),
        isOurs: (other) => other.startsWith(beginning) && other.endsWith(partEnding),
        letGo: () => void claimed.delete(mark),
      };
    },
  };
}

const digest = (values: readonly (string | number)[]): string =>
  createHash('sha256')
    .update(bytesOf(JSON.stringify(values)))
    .digest('hex')
    .slice(0, 8);
