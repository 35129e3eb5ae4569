/** Where the files page is and has been, kept through a reload of the page. */
import { createRemembered, type Remembered } from '../ui/remembered.ts';
import type { Place } from './place.ts';

export interface Trail {
  readonly place: Place | undefined;
  readonly back: readonly Place[];
  readonly forward: readonly Place[];
  /** Home directories as the servers told them. */
  readonly homes: readonly Place[];
}

const nowhere: Trail = { place: undefined, back: [], forward: [], homes: [] };

export const createRememberedTrail = (): Remembered<Trail> =>
  createRemembered<Trail>(
    'files-trail',
    nowhere,
    (stored) => {
      const { place, back, forward, homes } = stored as Record<keyof Trail, unknown>;
      if (!isPlace(place)) return undefined;
      return { place, back: places(back), forward: places(forward), homes: places(homes) };
    },
    'page',
  );

const places = (stored: unknown): readonly Place[] =>
  Array.isArray(stored) ? stored.filter(isPlace) : [];

function isPlace(stored: unknown): stored is Place {
  const place = stored as Partial<Place> | null | undefined;
  return typeof place?.instance === 'string' && typeof place.path === 'string';
}
