/** What the page of tunnels shows just now; it outlives the page. */
import { create } from 'zustand';
import type { TunnelTab } from './filter-tunnels.ts';

export interface TunnelsView {
  readonly tab: TunnelTab;
  readonly text: string;
  showTab(tab: TunnelTab): void;
  search(text: string): void;
}

export function createTunnelsView() {
  return create<TunnelsView>()((set) => ({
    tab: 'all',
    text: '',
    showTab: (tab) => set({ tab }),
    search: (text) => set({ text }),
  }));
}
