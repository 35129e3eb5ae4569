/** Reads the fragment of a deep link as hostile text: `#/instances/<key>`, percent-encoded. */

const longestKey = 300;

/** @returns the instance's key, or undefined for any other fragment */
export function readDeepLink(fragment: string): string | undefined {
  const [, encoded] = /^#\/instances\/([^/?#]+)$/.exec(fragment) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const key = decodeURIComponent(encoded);
    return key.length <= longestKey ? key : undefined;
  } catch {
    return undefined;
  }
}
