/** Looks for secrets wherever they must not be: in files, in texts, in every byte a page was sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A secret in the forms it could be written in: as it is, in JSON, in an address, in base64 and in hexadecimal. */
function formsOf(secret: string): readonly Buffer[] {
  const bytes = Buffer.from(secret);
  const text = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    // The last characters of base64 depend on what follows.
    bytes.toString('base64').slice(0, -4),
  ];
  return [...text.map((form) => Buffer.from(form)), Buffer.from(secret, 'utf16le')];
}

/** @returns the names of the secrets that are in it */
export function secretsIn(
  haystack: Buffer | string,
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  const bytes = Buffer.from(haystack);
  return Object.entries(secrets)
    .filter(([, secret]) => formsOf(secret).some((form) => bytes.includes(form)))
    .map(([name]) => name);
}

/** @returns `file: secret` for every hit in a directory and below */
export function secretsInFiles(
  directory: string,
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => secretsIn(readFileSync(file), secrets).map((name) => `${file}: ${name}`));
}

/** Keeps every frame the core sends to a page, from its first channel on. */
export function recordFrames(page: Page): readonly Buffer[] {
  const frames: Buffer[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(Buffer.from(payload))),
  );
  return frames;
}

/** What the page holds beside what is being typed: the document, what is stored, where one has been. */
export function readablePage(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([
      document.documentElement.outerHTML,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      history.state,
    ]),
  );
}

/** What stands in the page's fields at this moment. */
export function fieldValues(page: Page): Promise<string> {
  return page
    .locator('input, textarea')
    .evaluateAll((fields) => fields.map((field) => ('value' in field ? field.value : '')).join());
}
