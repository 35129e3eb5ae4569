/** Types of chromium.mjs, for tests that drive a browser themselves. */
export function findChromium(): string | undefined;
export const chromiumFlags: readonly string[];
