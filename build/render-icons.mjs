/** Draws the icon's PNGs from build/icon.svg in Chromium: run by hand when the drawing changes. */
import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumFlags, findChromium } from './chromium.mjs';

const root = resolve(import.meta.dirname, '..');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
/** The size the window shows at run time. */
const windowSize = 256;

const executablePath = findChromium();
const browser = await chromium.launch({
  args: chromiumFlags,
  ...(executablePath && { executablePath }),
});
const page = await browser.newPage();
const drawing = Buffer.from(readFileSync(resolve(root, 'build/icon.svg'))).toString('base64');
await page.setContent(
  `<style>*{margin:0}img{display:block;width:100vw}</style><img src="data:image/svg+xml;base64,${drawing}">`,
);
mkdirSync(resolve(root, 'build/icons'), { recursive: true });
mkdirSync(resolve(root, 'assets/icons'), { recursive: true });
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  const draw = (path) => page.screenshot({ path: resolve(root, path), omitBackground: true });
  await draw(`build/icons/${size}x${size}.png`);
  if (size === windowSize) await draw('assets/icons/pilothouse.png');
}
await browser.close();
