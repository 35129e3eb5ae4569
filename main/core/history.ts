/** The local database: opened safely, a damaged one is kept aside and said, never overwritten. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { refusal } from '../../preload/contract/errors.ts';
import type { Clock } from './clock.ts';
import { asDiskError, keepToOwner } from './files.ts';
import type { Notices } from './notices.ts';

export type History = Database.Database;

const migrations: readonly string[] = [
  `CREATE TABLE samples (
     instance TEXT NOT NULL,
     at INTEGER NOT NULL,
     sample TEXT NOT NULL,
     PRIMARY KEY (instance, at)
   ) WITHOUT ROWID;
   CREATE INDEX samples_at ON samples (at);`,
  `CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     request TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended TEXT
   );
   CREATE TABLE job_steps (
     job TEXT NOT NULL,
     step INTEGER NOT NULL,
     intended_at INTEGER NOT NULL,
     outcome TEXT,
     done_at INTEGER,
     PRIMARY KEY (job, step)
   ) WITHOUT ROWID;`,
  'ALTER TABLE job_steps ADD COLUMN noted TEXT;',
];

/** Opens `<directory>/history.db`. @throws when neither it nor a new one can be opened (disk full, no permission) */
export function openHistory(directory: string, clock: Clock, notices: Notices): History {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'history.db');
  try {
    return openAndMigrate(file);
  } catch (error) {
    if (!isDamage(error)) throw asDiskError(error, file);
    const aside = `${file}.damaged-${clock.now()}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    }
    notices.add('error', { id: 'history-damaged', params: { file: aside } });
    return openAndMigrate(file);
  }
}

function openAndMigrate(file: string): History {
  // SQLite gives its journals the permissions of the database.
  keepToOwner(file);
  const database = new Database(file, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    // What is taken away is overwritten, not only unlinked.
    database.pragma('secure_delete = ON');
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check.quick_check !== 'ok') throw new Error(`damaged database: ${check.quick_check}`);
    if (version > migrations.length) throw refusal('conflict', 'data-from-newer-version');
    for (let next = version; next < migrations.length; next += 1) {
      database.exec(`BEGIN; ${migrations[next]}; PRAGMA user_version = ${next + 1}; COMMIT;`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamage(error: unknown): boolean {
  const text = String(error);
  return /SQLITE_NOTADB|SQLITE_CORRUPT|not a database|malformed|damaged database/i.test(text);
}
