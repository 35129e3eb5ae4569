/** The one way a page outside is opened: an allow-list, then the system's browser or a tab that knows nothing of us. */
import type { Client } from '../client/client.ts';

const longestUrl = 2048;

/** @returns the address as it will be opened, host in its ASCII form; undefined when it may not be opened */
export function allowedPage(text: string): URL | undefined {
  if (text.length > longestUrl || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username || url.password || !url.hostname) return undefined;
  return url.href.length > longestUrl ? undefined : url;
}

/**
 * Opens an http or https address outside the application; call it from a click.
 * @throws CloudError when the host cannot open it
 * @returns `refused` when the address is not one that may be opened
 */
export async function openPage(client: Client, text: string): Promise<'opened' | 'refused'> {
  const url = allowedPage(text);
  if (!url) return 'refused';
  if (window.pilothouse) await client.call('app.openExternal', { url: url.href });
  else window.open(url.href, '_blank', 'noopener,noreferrer');
  return 'opened';
}
