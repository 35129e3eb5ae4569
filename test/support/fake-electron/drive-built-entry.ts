/** Run by Node as a program of its own: imports a built Electron entry with the fake in Electron's place, uses it as a person would, and prints what it saw. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createFakeElectron } from './fake-electron.ts';
import { preventable } from './preventable.ts';
import type { BuiltEntryReport } from './run-built-entry.ts';

const patienceMs = 15_000;
const place = Symbol.for('pilothouse.fake-electron');
const source = `export default globalThis[Symbol.for('pilothouse.fake-electron')]`;
const hooks = `export const resolve = (specifier, context, next) => specifier === 'electron'
  ? { url: ${JSON.stringify(`data:text/javascript,${source}`)}, shortCircuit: true }
  : next(specifier, context);`;

const fake = createFakeElectron();
Object.assign(globalThis, { [place]: fake.electron });
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const [, , entry = ''] = process.argv;
// Electron is ready only when the entry has run to its end: an entry that waits for it there never ends.
await within('the entry to run to its end', import(pathToFileURL(entry).href));
fake.app.becomeReady();
const window = await within(
  'a window',
  until(() => fake.windows[0]),
);
const contents = window.webContents;
const firstPage = await within(
  'a page',
  until(() => contents.page),
);
await within(
  'the window to be shown',
  until(() => window.calls.includes('show') || undefined),
);

const report: Partial<BuiltEntryReport> = {
  exposed: Object.entries(firstPage.exposed).map(([name, api]) => [name, Object.keys(api).sort()]),
  policy: firstPage.response.headers.get('content-security-policy'),
  address: contents.mainFrame.url,
  webPreferences: window.options.webPreferences ?? {},
  switches: [...fake.app.switches.keys()],
  isSandboxed: fake.app.isSandboxed,
  schemes: fake.protocol.schemes,
  cameraGranted: await fake.session.requests('media', contents.mainFrame.url),
  foreignNavigation: contents.mayGo('will-navigate', 'https://example.com/'),
  menus: fake.menus.length,
};
report.hello = await within('an answer', call('app.hello', {}));
report.refused = await within('a refusal', call('app.openExternal', { url: 'file:///etc/passwd' }));
await contents.reload();
report.helloAfterReload = await within('an answer after a reload', call('app.hello', {}));
fake.app.emit('open-url', preventable(), 'pilothouse://open/own/ins-1');
report.addressAfterLink = contents.mainFrame.url;
fake.app.quit();
await within(
  'the application to end',
  until(() => fake.app.exitCode?.toString()),
);
report.exitCode = fake.app.exitCode;
report.errorBoxes = fake.errorBoxes;
process.stdout.write(`report ${JSON.stringify(report)}\n`);
process.exit();

/** Asks as the page does, and takes the answer with its id. */
function call(name: string, args: object): Promise<unknown> {
  const bridge = contents.page?.exposed.pilothouse;
  if (!bridge) throw new Error('the page has no bridge');
  return new Promise((resolve) => {
    bridge.onFrame((frame) => {
      const message = JSON.parse(String(frame));
      if (message.id === 1) resolve(message.value ?? message.failure);
    });
    bridge.send(JSON.stringify({ type: 'call', id: 1, name, args }));
  });
}

async function until<Value>(read: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = read();
    if (value !== undefined) return value;
    if (fake.errorBoxes[0] !== undefined) throw new Error(fake.errorBoxes[0]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function within<Value>(what: string, awaited: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(new Error(`waited in vain for ${what}`));
    setTimeout(fail, patienceMs).unref();
  });
  return Promise.race([awaited, late]);
}
