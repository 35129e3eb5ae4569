/** Opening the page in the system's browser, where there is one to open. */
import open from 'open';

/** Never fails: the link is printed anyway. */
export async function openBrowser(url: string): Promise<void> {
  const { DISPLAY, WAYLAND_DISPLAY, CI } = process.env;
  const hasDisplay = process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
  if (!hasDisplay || CI || !process.stdout.isTTY) return;
  try {
    const child = await open(url);
    child.on('error', () => {});
  } catch {
    // No browser is no reason to stop.
  }
}
