/** Collections cross the channel as a snapshot with a revision, then deltas. */

export interface Snapshot<Item> {
  readonly revision: number;
  readonly items: readonly Item[];
}

/** Follows the state at `revision - 1`; a page that missed one reads the snapshot again. */
export interface Delta<Item> {
  readonly revision: number;
  readonly changed: readonly Item[];
  readonly removed: readonly string[];
}
