/** One application per data directory: a lock of the operating system's, released even by a crash. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { CloudError } from '../../preload/contract/errors.ts';
import { asDiskError, keepToOwner } from './files.ts';

/**
 * @returns how to give the directory back
 * @throws CloudError conflict `data-directory-in-use` when another copy has it
 */
export function lockDataDirectory(directory: string): () => void {
  let database: Database.Database;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, 'lock.db');
    keepToOwner(file);
    database = new Database(file, { timeout: 500 });
  } catch (error) {
    throw asDiskError(error, directory);
  }
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!/SQLITE_BUSY|locked/.test(String(error))) throw asDiskError(error, directory);
    throw new CloudError('conflict', `another copy uses ${directory}`, {
      rule: { id: 'data-directory-in-use', params: { directory } },
    });
  }
  return () => database.close();
}
