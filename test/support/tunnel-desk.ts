/** Tunnels of a live core as a test uses them: opened, looked at, waited for, and asked through. */
import { expect } from 'vitest';
import type { Tunnel, TunnelOutcome } from '../../preload/contract/tunnels.ts';
import type { LiveCore } from './live-core.ts';

export interface TunnelDesk {
  list(): Promise<readonly Tunnel[]>;
  find(id: string): Promise<Tunnel | undefined>;
  /** Opens a tunnel that must be opened. */
  open(asked: Readonly<Record<string, unknown>>): Promise<Tunnel>;
  /** The same until it is up. */
  openUp(asked: Readonly<Record<string, unknown>>): Promise<Tunnel>;
  reaches(id: string, state: Tunnel['state'], timeoutMs?: number): Promise<void>;
  ruleOf(id: string): Promise<string | undefined>;
  removeAll(): Promise<void>;
}

export function opened(outcome: TunnelOutcome): Tunnel {
  if (outcome.kind !== 'opened') throw new Error(`not opened: ${outcome.kind}`);
  return outcome.tunnel;
}

export function tunnelDesk(live: Pick<LiveCore, 'client'>, instance: string): TunnelDesk {
  const list = async () => (await live.client.call('tunnels.list', {})).items;
  const find = async (id: string) => (await list()).find((tunnel) => tunnel.id === id);
  const open = async (asked: Readonly<Record<string, unknown>>) =>
    opened(await live.client.call('tunnels.open', { instance, ...asked }));
  const reaches = async (id: string, state: Tunnel['state'], timeoutMs = 30_000) => {
    await expect.poll(async () => (await find(id))?.state, { timeout: timeoutMs }).toBe(state);
  };
  return {
    list,
    find,
    open,
    async openUp(asked) {
      const { id } = await open(asked);
      await reaches(id, 'up');
      return (await find(id)) as Tunnel;
    },
    reaches,
    ruleOf: async (id) => (await find(id))?.lastFailure?.rule?.id,
    async removeAll() {
      for (const { id } of await list()) await live.client.call('tunnels.remove', { id });
    },
  };
}

export const askPage = async (port: number, path = '/', host = '127.0.0.1') =>
  (await fetch(`http://${host}:${port}${path}`, { headers: { connection: 'close' } })).text();
