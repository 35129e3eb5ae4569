/** What the files page shows just now: where it is, the way back, and what is chosen; it outlives the page. */
import { create } from 'zustand';
import { createRemembered } from '../ui/remembered.ts';
import { createRememberedSort, type FileColumn, type FileSort } from './directory-rows.ts';
import type { Place } from './place.ts';
import { createRememberedTrail } from './remembered-trail.ts';
import { nothingSelected, type Selection, selectOne } from './selection.ts';

export interface FilesView {
  readonly place: Place | undefined;
  readonly back: readonly Place[];
  readonly forward: readonly Place[];
  /** Home directories as the servers told them. */
  readonly homes: ReadonlyMap<string, string>;
  readonly sort: FileSort;
  readonly hidden: boolean;
  readonly filter: string;
  readonly selection: Selection;
  /** The name that is being changed in its row. */
  readonly renaming: string | undefined;
  /** Transfers whose question the operator wants to answer later. */
  readonly postponed: ReadonlySet<string>;
  /** Opens a directory; `focus` is the name the keyboard shall be on there. */
  visit(place: Place, focus?: string): void;
  /** Opens an instance where it was left. */
  visitInstance(instance: string): void;
  /** Back to the choice of an instance. */
  leave(): void;
  goBack(): void;
  goForward(): void;
  /** The server has told which directory the home is. */
  learnHome(instance: string, path: string): void;
  sortBy(column: FileColumn): void;
  showHidden(hidden: boolean): void;
  filterBy(filter: string): void;
  select(selection: Selection): void;
  rename(name: string | undefined): void;
  postpone(transfer: string, later: boolean): void;
}

const longestHistory = 100;

export function createFilesView() {
  const rememberedTrail = createRememberedTrail();
  const rememberedSort = createRememberedSort();
  const rememberedHidden = createRemembered<boolean>('files-hidden', false, (stored) =>
    typeof stored === 'boolean' ? stored : undefined,
  );
  const fresh = (focus?: string) => ({
    filter: '',
    renaming: undefined,
    selection: focus === undefined ? nothingSelected : selectOne(focus),
  });

  const trail = rememberedTrail.read();
  const useFilesView = create<FilesView>()((set, get) => {
    /** Where each instance was left. */
    const left = new Map<string, string>();
    for (const { instance, path } of [...trail.forward, ...trail.back]) left.set(instance, path);
    const enter = (place: Place) => {
      left.set(place.instance, place.path);
      return place;
    };
    return {
      place: trail.place && enter(trail.place),
      back: trail.back,
      forward: trail.forward,
      homes: new Map(trail.homes.map(({ instance, path }) => [instance, path])),
      postponed: new Set(),
      sort: rememberedSort.read(),
      hidden: rememberedHidden.read(),
      ...fresh(),
      visit(place, focus) {
        const { place: former, back } = get();
        if (former?.instance === place.instance && former.path === place.path) {
          if (focus !== undefined) set(fresh(focus));
          return;
        }
        set({
          place: enter(place),
          back: former ? [...back, former].slice(-longestHistory) : back,
          forward: [],
          ...fresh(focus),
        });
      },
      visitInstance(instance) {
        if (get().place?.instance === instance) return;
        get().visit({ instance, path: left.get(instance) ?? '' });
      },
      leave: () => set({ place: undefined, ...fresh() }),
      goBack() {
        const { place, back, forward } = get();
        const to = back.at(-1);
        if (!to || !place) return;
        set({
          place: enter(to),
          back: back.slice(0, -1),
          forward: [place, ...forward],
          ...fresh(),
        });
      },
      goForward() {
        const { place, back, forward } = get();
        const [to, ...rest] = forward;
        if (!to || !place) return;
        set({ place: enter(to), back: [...back, place], forward: rest, ...fresh() });
      },
      learnHome(instance, path) {
        const { place, homes } = get();
        set({ homes: new Map(homes).set(instance, path) });
        if (place?.instance === instance && place.path === '') {
          set({ place: enter({ instance, path }) });
        }
      },
      sortBy(column) {
        const { sort } = get();
        const next = { column, descending: sort.column === column && !sort.descending };
        rememberedSort.write(next);
        set({ sort: next });
      },
      showHidden(hidden) {
        rememberedHidden.write(hidden);
        set({ hidden });
      },
      filterBy: (filter) => set({ filter }),
      select: (selection) => set({ selection }),
      rename: (renaming) => set({ renaming }),
      postpone(transfer, later) {
        const postponed = new Set(get().postponed);
        if (later) postponed.add(transfer);
        else postponed.delete(transfer);
        set({ postponed });
      },
    };
  });
  useFilesView.subscribe(({ place, back, forward, homes }, former) => {
    if (place === former.place && homes === former.homes) return;
    const told = [...homes].map(([instance, path]) => ({ instance, path }));
    rememberedTrail.write({ place, back, forward, homes: told });
  });
  return useFilesView;
}
