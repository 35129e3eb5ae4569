/** `pilothouse://open/<instance key>`: the only link from outside, and all it can do is show an instance. */
import { disguises } from '../../../preload/contract/constants.ts';
import { instanceKeySchema } from '../../../preload/contract/instances.ts';
import type { Electron } from './electron.ts';

const linkScheme = 'pilothouse';

/** Longer than the longest key, even with every character escaped. */
const longestLink = 3000;

const link = new RegExp(`^${linkScheme}://open/([A-Za-z0-9._~%-]+/[A-Za-z0-9._~%:-]+)/?$`);

const unprintable = new RegExp(`[${disguises}]`, 'u');

/** @returns the instance's key, or undefined for anything that is not exactly such a link */
export function parseDeepLink(text: string): string | undefined {
  if (text.length > longestLink) return undefined;
  const escaped = link.exec(text)?.[1];
  if (escaped === undefined) return undefined;
  try {
    const key = decodeURIComponent(escaped);
    return instanceKeySchema.safeParse(key).success && !unprintable.test(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Calls `show` for every way a person asks for the window from outside, with an instance when a link names one.
 * @param args what this process was started with
 */
export function receiveDeepLinks(
  app: Electron['app'],
  args: readonly string[],
  show: (instance?: string) => void,
): void {
  if (process.platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  app.on('second-instance', (_event, otherArgs) => show(findDeepLink(otherArgs)));
  app.on('open-url', (event, link) => {
    event.preventDefault();
    show(parseDeepLink(link));
  });
  app.on('activate', () => show());
  const first = findDeepLink(args);
  if (first !== undefined) show(first);
}

/** The first link among the arguments another start was given; every other argument is ignored. */
export function findDeepLink(args: readonly string[]): string | undefined {
  for (const argument of args) {
    const key = parseDeepLink(argument);
    if (key !== undefined) return key;
  }
  return undefined;
}
