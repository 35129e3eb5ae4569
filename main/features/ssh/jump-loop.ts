/** Jump hosts that lead back to where they started are found before anything is dialled. */
import type { Jump } from '../../../preload/contract/ssh.ts';

/**
 * Only the first hop brings hops of its own: the others are entered through the one before them, as with `ssh -J`.
 * @param jumpsOf the hops set for an instance; null where nobody set any
 * @returns the instance that would be passed twice, or undefined
 */
export function findJumpLoop(
  instance: string,
  jumpsOf: (instance: string) => readonly Jump[] | null,
): string | undefined {
  const passed = new Set([instance]);
  for (let jumps = jumpsOf(instance) ?? []; jumps.length > 0; ) {
    for (const jump of jumps) {
      if (jump.kind !== 'instance') continue;
      if (passed.has(jump.instance)) return jump.instance;
      passed.add(jump.instance);
    }
    const [first] = jumps;
    jumps = (first?.kind === 'instance' && jumpsOf(first.instance)) || [];
  }
  return undefined;
}
