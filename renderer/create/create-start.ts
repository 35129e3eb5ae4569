/** What the wizard for a new instance may begin with. */

export const createActionId = 'create-instance';

/** What is chosen already; nothing for an empty wizard. */
export interface CreateStart {
  readonly imageId?: string;
  readonly snapshotId?: string;
}

/** A draft from elsewhere is data: only what is known of it is taken. */
export function readStart(draft: unknown): CreateStart {
  const { imageId, snapshotId } = (draft ?? {}) as {
    readonly imageId?: unknown;
    readonly snapshotId?: unknown;
  };
  return {
    ...(typeof imageId === 'string' && { imageId }),
    ...(typeof snapshotId === 'string' && { snapshotId }),
  };
}
