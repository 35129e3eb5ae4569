/** Which files are large: the line holds them up, and a few fill it; the others are held up by the way there and back. */

const smallBytes = 1024 * 1024;

/** At once; each has megabytes of this machine's memory under way. */
export const largeAtOnce = 2;

export const isLarge = ({ size }: { readonly size: number }): boolean => size > smallBytes;
