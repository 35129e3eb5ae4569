/** What the wizard for a new instance may begin with. */

export const createActionId = 'create-instance';

export interface CreateStart {
  readonly snapshotId?: string;
}

/** A draft from elsewhere is data: only what is known of it is taken. */
export function readStart(draft: unknown): CreateStart {
  const { snapshotId } = (draft ?? {}) as { readonly snapshotId?: unknown };
  return typeof snapshotId === 'string' ? { snapshotId } : {};
}
