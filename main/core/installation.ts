/** Tells this installation from every other, as long as its settings are kept. */
import { randomBytes } from 'node:crypto';
import type { Settings } from './settings.ts';

export function installationOf(settings: Settings): string {
  const known = settings.read().installation;
  if (known !== undefined) return known;
  const made = randomBytes(16).toString('hex');
  try {
    settings.change({ installation: made });
  } catch {
    // A disk that takes nothing now: it is another one until it does.
  }
  return made;
}
