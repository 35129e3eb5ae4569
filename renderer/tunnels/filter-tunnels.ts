/** Which tunnels are shown: those in a group of states whose words hold what was typed. */
import type { Tunnel, TunnelState } from '../../preload/contract/tunnels.ts';
import { routeText } from './tunnel-route.ts';

export const tunnelTabs = ['all', 'up', 'underway', 'needsYou', 'failed', 'stopped'] as const;
export type TunnelTab = (typeof tunnelTabs)[number];

const tabOf: Readonly<Record<TunnelState, TunnelTab>> = {
  up: 'up',
  connecting: 'underway',
  reconnecting: 'underway',
  'needs-user': 'needsYou',
  failed: 'failed',
  stopped: 'stopped',
};

export function filterTunnels(
  tunnels: readonly Tunnel[],
  tab: TunnelTab,
  text: string,
): readonly Tunnel[] {
  const wanted = text.trim().toLocaleLowerCase();
  return tunnels.filter(
    (tunnel) =>
      (tab === 'all' || tabOf[tunnel.state] === tab) &&
      (wanted === '' || wordsOf(tunnel).includes(wanted)),
  );
}

const wordsOf = (tunnel: Tunnel) =>
  `${tunnel.name} ${tunnel.instanceName} ${routeText(tunnel)}`.toLocaleLowerCase();

export function countTunnels(tunnels: readonly Tunnel[]): Readonly<Record<TunnelTab, number>> {
  const counts = { all: tunnels.length, up: 0, underway: 0, needsYou: 0, failed: 0, stopped: 0 };
  for (const { state } of tunnels) counts[tabOf[state]] += 1;
  return counts;
}
