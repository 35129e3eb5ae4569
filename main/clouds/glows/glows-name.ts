/** What a name at Glows.ai may hold: of an instance, a snapshot, a group. Pages take it from the actions, as JSON Schema. */
import { z } from 'zod';
import { disguises } from '../../../preload/contract/constants.ts';
import { refusal } from '../../../preload/contract/errors.ts';

export const glowsNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(new RegExp(`^(?!\\s)[^${disguises}]+(?<!\\s)$`, 'u'), {
    error: 'rule:name-unprintable',
  });

/** For names that come in another way than an action. @throws CloudError invalid `name-unprintable` */
export function checkedGlowsName(name: string): string {
  if (!glowsNameSchema.safeParse(name).success) throw refusal('invalid', 'name-unprintable');
  return name;
}
