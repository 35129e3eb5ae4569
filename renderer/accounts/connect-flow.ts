/** Whether the operator is connecting an account just now: asked for from the rail and from the settings. */
import { create } from 'zustand';

export interface ConnectFlow {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

export function createConnectFlow() {
  return create<ConnectFlow>()((set) => ({
    isOpen: false,
    open: () => set({ isOpen: true }),
    close: () => set({ isOpen: false }),
  }));
}
