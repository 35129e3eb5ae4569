/** How many channels a transfer is worth. */

/** A channel holds 2 MiB under way, and of a download often but one: on a long line that, not the line, is what limits it. */
const longLineMs = 15;
const manyItems = 64;
const muchBytes = 8 * 1024 * 1024;
/** With one to browse, of the ten sessions most servers take on a connection, one is left for a terminal; others get another connection. */
const mostChannels = 8;

export function channelsFor(
  { items, bytes }: { readonly items: number; readonly bytes: number },
  roundTripMs: number,
): number {
  if (items < manyItems && bytes < muchBytes) return 1;
  return roundTripMs > longLineMs ? mostChannels : 2;
}
