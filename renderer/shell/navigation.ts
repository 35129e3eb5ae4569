/** Which page is shown. Pages keep their state in their own stores, so that leaving one loses nothing. */
import { create } from 'zustand';

export const pages = ['instances', 'snapshots', 'tunnels', 'files', 'jobs', 'settings'] as const;
export type Page = (typeof pages)[number];

export interface Navigation {
  readonly page: Page;
  go(page: Page): void;
}

export function createNavigation() {
  return create<Navigation>()((set) => ({
    page: 'instances',
    go: (page) => set({ page }),
  }));
}
