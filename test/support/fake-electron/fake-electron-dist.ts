/** A directory as Electron's download would be, without Electron: enough for the builder to pack around. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPackage } from '@electron/asar';

/** What `@electron/fuses` looks for in the binary; behind it stand the version, the count and each fuse's state. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Electron's own states, as the table of its documentation gives them. */
const electronsFuses = '101100010';

const electronPackage = resolve(import.meta.dirname, '../../../node_modules/electron/package.json');

export async function createFakeElectronDist(directory: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(electronPackage, 'utf8')) as { version: string };
  const write = (name: string, content: string | Buffer) =>
    writeFileSync(join(directory, name), content);
  for (const name of ['resources', 'locales', 'default-app']) {
    mkdirSync(join(directory, name), { recursive: true });
  }
  const wire = Buffer.from([1, electronsFuses.length]);
  write(
    'electron',
    Buffer.concat([Buffer.from(`stub ${fuseSentinel}`), wire, Buffer.from(electronsFuses)]),
  );
  chmodSync(join(directory, 'electron'), 0o755);
  write('chrome-sandbox', 'stub');
  write('chrome_crashpad_handler', 'stub');
  write('version', version);
  write('LICENSE', 'stub');
  write('LICENSES.chromium.html', 'stub');
  for (const locale of ['de', 'en-US', 'zh-CN', 'zh-TW']) write(`locales/${locale}.pak`, 'stub');
  write('default-app/main.js', '');
  await createPackage(
    join(directory, 'default-app'),
    join(directory, 'resources/default_app.asar'),
  );
}
