/** A law of the house. */
import type { SourceFile } from './parse-source.ts';

export interface Law {
  readonly id: string;
  readonly reason: string;
  /** The files it holds for. */
  readonly where: (path: string) => boolean;
  /** What of the file breaks it, in words; nothing when it is kept. */
  readonly breaches: (file: SourceFile) => readonly string[];
}
