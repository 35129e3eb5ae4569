/** Texts that pages hold and nobody has saved: who leaves is asked first. */
import type { Handlers } from '../core/router.ts';

export interface Unsaved {
  readonly handlers: Pick<Handlers, 'app.holdUnsaved'>;
  /** Texts held by pages that are there now. */
  count(): number;
}

export function createUnsaved(): Unsaved {
  let held = 0;
  return {
    handlers: {
      'app.holdUnsaved': (_args, stream) => {
        held += 1;
        stream.onClose(() => {
          held -= 1;
        });
        return null;
      },
    },
    count: () => held,
  };
}
