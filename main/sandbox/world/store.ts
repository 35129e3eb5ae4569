/** Where the world is kept: one SQLite file, every command one transaction, so that a killed process loses nothing it answered for. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import Database from 'libsql';
import type { FileTree } from '../guest/guest.ts';
import type { Change, Tables, TreeKey } from './model.ts';

type TableName = keyof Tables;

export interface WorldStore {
  /** Every stored record of a table. */
  records<Table extends TableName>(table: Table): readonly Tables[Table][];
  fact(name: string): unknown;
  setFact(name: string, value: unknown): void;
  tree(key: TreeKey): FileTree | undefined;
  treeKeys(): readonly TreeKey[];
  putTree(key: TreeKey, tree: FileTree): void;
  removeTree(key: TreeKey): void;
  /** As part of a transaction opened by `together`. */
  put(changes: readonly Change[]): void;
  /** All of it or nothing. */
  write(changes: readonly Change[]): void;
  /** Several writes as one. */
  together(write: () => void): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS records (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (kind, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS trees (id TEXT PRIMARY KEY, tree BLOB NOT NULL);
`;

/** @throws when another process has the directory, or it cannot be written */
export function openStore(directory: string): WorldStore {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lock(directory);
  const database = open(join(directory, 'sandbox.db'));
  const putRecord = database.prepare(
    'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record',
  );
  const removeRecord = database.prepare('DELETE FROM records WHERE kind = ? AND id = ?');
  const putTree = database.prepare(
    'INSERT INTO trees VALUES (?, ?) ON CONFLICT DO UPDATE SET tree = excluded.tree',
  );
  const copyTree = database.prepare(
    `INSERT INTO trees SELECT ?, tree FROM trees WHERE id = ?
     ON CONFLICT DO UPDATE SET tree = excluded.tree`,
  );
  const removeTree = database.prepare('DELETE FROM trees WHERE id = ?');
  const together = (write: () => void) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      write();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

  function writeOne(change: Change): void {
    if (change.table === 'trees') {
      if ('copyFrom' in change) copyTree.run(change.id, change.copyFrom);
      else removeTree.run(change.id);
    } else if (change.record === null) removeRecord.run(change.table, change.id);
    else putRecord.run(change.table, change.id, JSON.stringify(change.record));
  }

  return {
    records<Table extends TableName>(table: Table) {
      const rows = database.prepare('SELECT record FROM records WHERE kind = ?').all(table);
      return (rows as { record: string }[]).map(
        ({ record }) => JSON.parse(record) as Tables[Table],
      );
    },
    fact(name) {
      const row = database.prepare('SELECT value FROM facts WHERE name = ?').get(name);
      return row ? JSON.parse((row as { value: string }).value) : undefined;
    },
    setFact(name, value) {
      database
        .prepare('INSERT INTO facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
        .run(name, JSON.stringify(value));
    },
    tree(key) {
      const row = database.prepare('SELECT tree FROM trees WHERE id = ?').get(key);
      return row ? (deserialize((row as { tree: Buffer }).tree) as FileTree) : undefined;
    },
    treeKeys() {
      const rows = database.prepare('SELECT id FROM trees').all();
      return (rows as { id: TreeKey }[]).map(({ id }) => id);
    },
    putTree: (key, tree) => void putTree.run(key, serialize(tree)),
    removeTree: (key) => void removeTree.run(key),
    put: (changes) => {
      for (const change of changes) writeOne(change);
    },
    write: (changes) => {
      if (changes.length === 0) return;
      together(() => {
        for (const change of changes) writeOne(change);
      });
    },
    together,
    close: () => {
      database.close();
      unlock();
    },
  };
}

function open(file: string): Database.Database {
  const database = new Database(file, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A lock of the operating system's, given back even after a crash. @returns how to give it back */
function lock(directory: string): () => void {
  const database = new Database(join(directory, 'lock.db'), { timeout: 500 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!/SQLITE_BUSY|locked/.test(String(error))) throw error;
    throw new Error(`Another sandbox uses ${directory}.`, { cause: error });
  }
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
}
