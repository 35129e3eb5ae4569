/** Where a Chromium lies that tests may drive, and how it is started. */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** @returns undefined when there is none */
export function findChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) return existsSync(wanted) ? wanted : undefined;
  return ['/usr/bin/chromium', chromium.executablePath()].find((path) => existsSync(path));
}

/** Nothing of the browser's own reaches for the network. */
export const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
