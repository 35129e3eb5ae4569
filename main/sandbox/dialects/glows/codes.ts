/** The numbers this dialect answers with: every answer is HTTP 200, and its `code` says whether it worked. */
import type { RefusalKind } from '../../world/refusal.ts';

export const ok = 0;
/** As the real service answers a missing, false or expired token. */
export const badToken = 176;
export const invalid = 10;

/** Of the real service's codes only that they exist is published; which means what is this sandbox's own choice. */
export const codeOf: Readonly<Record<RefusalKind, number>> = {
  invalid,
  'not-found': invalid,
  'wrong-state': 17,
  quota: 164,
  'out-of-stock': 114,
  'out-of-credit': 133,
};
