/** What is being asked about tunnels: one dialog at a time, and the name that is being written. */
import { create } from 'zustand';
import type { Tunnel, TunnelOutcome } from '../../preload/contract/tunnels.ts';

export type UnavailablePort = Extract<TunnelOutcome, { kind: 'port-unavailable' }>;

export type TunnelQuestion =
  /** Absent: the instance is chosen in the dialog. */
  | { readonly kind: 'create'; readonly instance: string | undefined }
  /** A tunnel could not have its port back; another port is offered. */
  | { readonly kind: 'offer'; readonly tunnel: Tunnel; readonly outcome: UnavailablePort }
  | { readonly kind: 'change-port'; readonly tunnel: Tunnel }
  | { readonly kind: 'how-to-use'; readonly tunnel: Tunnel }
  | { readonly kind: 'remove'; readonly tunnel: Tunnel }
  | { readonly kind: 'stop-all'; readonly tunnels: readonly Tunnel[] };

export interface TunnelDesk {
  readonly question: TunnelQuestion | undefined;
  /** Id of the tunnel whose name is being written. */
  readonly renaming: string | undefined;
  ask(question: TunnelQuestion): void;
  close(): void;
  rename(id: string | undefined): void;
}

export function createTunnelDesk() {
  return create<TunnelDesk>()((set) => ({
    question: undefined,
    renaming: undefined,
    ask: (question) => set({ question }),
    close: () => set({ question: undefined }),
    rename: (renaming) => set({ renaming }),
  }));
}
