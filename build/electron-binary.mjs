/** Finds Electron's binary by looking at files only: asking the electron package would download it. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const electronPackage = resolve(import.meta.dirname, '../node_modules/electron');

/** @returns undefined when it has not been fetched */
export function findElectronBinary() {
  const pathFile = join(electronPackage, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(electronPackage, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

export const fetchElectronCommand = 'npx install-electron --no';
