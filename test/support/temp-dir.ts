/** A directory of a test's own, gone when the test is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempDir {
  readonly path: string;
  remove(): void;
}

export function createTempDir(purpose = 'test'): TempDir {
  const path = mkdtempSync(join(tmpdir(), `pilothouse-${purpose}-`));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
