/** Own servers of a test, written down the way the page does it. */
import type { Client } from '../../renderer/client/client.ts';

/** @returns the keys of the instances */
export async function addServers(
  client: Client,
  servers: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly string[]> {
  if (servers.length === 0) return [];
  const usual = { tags: [], login: { kind: 'automatic' }, price: null };
  const outcome = await client.call('actions.run', {
    account: 'servers',
    action: 'add-servers',
    input: { servers: servers.map((server) => ({ ...usual, ...server })) },
  });
  if (outcome.kind !== 'done') throw new Error(`servers were not added: ${outcome.kind}`);
  return outcome.created;
}
