/** Why a name cannot be given to a file on an instance, before it is asked. */

const longestBytes = 255;

/** @returns undefined for a name that may be tried */
export function nameProblem(name: string): 'empty' | 'slash' | 'dots' | 'long' | undefined {
  if (name === '') return 'empty';
  if (name.includes('/') || name.includes('\0')) return 'slash';
  if (name === '.' || name === '..') return 'dots';
  return new TextEncoder().encode(name).length > longestBytes ? 'long' : undefined;
}
