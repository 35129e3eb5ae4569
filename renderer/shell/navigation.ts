/** Which page is shown. Pages keep their state in their own stores, so that leaving one loses nothing. */
import { create } from 'zustand';
import { createRemembered } from '../ui/remembered.ts';

export const pages = ['instances', 'snapshots', 'tunnels', 'files', 'jobs', 'settings'] as const;
export type Page = (typeof pages)[number];

export interface Navigation {
  readonly page: Page;
  go(page: Page): void;
}

export function createNavigation() {
  const remembered = createRemembered<Page>(
    'page',
    'instances',
    (stored) => pages.find((page) => page === stored),
    'page',
  );
  return create<Navigation>()((set) => ({
    page: remembered.read(),
    go(page) {
      remembered.write(page);
      set({ page });
    },
  }));
}
