/** Time from a key going down to the paint that shows the last change it made. */
import type { Page } from '@playwright/test';

/** Longer than any change a keystroke makes takes; two keystrokes are that far apart. */
const settleMs = 250;

/** Installs the measuring in the page, before the first key. */
export async function watchPaint(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watch = { downAt: 0, paintedAt: 0 };
    Object.assign(window, { paintWatch: watch });
    const paint = new MessageChannel();
    paint.port1.onmessage = () => {
      watch.paintedAt = performance.now();
    };
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        watch.downAt = timeStamp;
        watch.paintedAt = timeStamp;
      },
      { capture: true },
    );
    // A message posted in an animation frame is handled right after that frame is painted.
    // Around it clocks tick, whether a key goes down or not.
    const list = document.querySelector('main') ?? document.body;
    const frame = () => requestAnimationFrame(() => paint.port2.postMessage(0));
    new MutationObserver(frame).observe(list, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
}

/** @returns milliseconds; 0 when the key changed nothing */
export async function keyToPaint(page: Page, key: string): Promise<number> {
  await page.keyboard.press(key);
  await page.waitForTimeout(settleMs);
  return page.evaluate(() => {
    const { paintWatch } = window as unknown as {
      paintWatch: { downAt: number; paintedAt: number };
    };
    return paintWatch.paintedAt - paintWatch.downAt;
  });
}
