/** How far an address to listen on reaches, as far as the address itself tells. */

/** `every`: on every network of the machine; `one`: only on the network that has the address. */
export type ExposedReach = 'every' | 'one';

/** `*`, an empty address and the unspecified ones of both families mean every network. */
const everywhere = new Set(['', '*', '0.0.0.0', '::', '[::]', '0:0:0:0:0:0:0:0']);

export const reachOf = (bindAddress: string): ExposedReach =>
  everywhere.has(bindAddress.trim()) ? 'every' : 'one';
