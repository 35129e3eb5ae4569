/** What the snapshot's wizard may begin with. */

export const snapshotActionId = 'take-snapshot';

export interface SnapshotDraft {
  readonly release: boolean;
}

/** A draft from elsewhere is data: only what is known of it is taken. */
export function readSnapshotDraft(draft: unknown): SnapshotDraft {
  const { release } = (draft ?? {}) as { readonly release?: unknown };
  return { release: release === true };
}
