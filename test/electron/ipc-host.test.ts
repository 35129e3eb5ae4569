/** Who may speak to the core over IPC, and how long a page's channel lives. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createIpcHost } from '../../main/platform/electron/ipc-host.ts';
import type { Channel, Frame } from '../../preload/contract/wire.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

const channelName = 'pilothouse:frame';
const own = { url: 'app://pilothouse/index.html', parent: null };
/** Built by `npm run build`. */
const preload = resolve(import.meta.dirname, '../../out/preload/index.cjs');

/** A window with our page in it, and every channel the host has made. */
async function openPage() {
  const { electron, app, ipcMain, windows } = createFakeElectron();
  app.becomeReady();
  electron.protocol.handle('app', () => new Response('<p>'));
  const warnings: unknown[] = [];
  const log = {
    info() {},
    error() {},
    warn: (_text: string, fields: unknown) => warnings.push(fields),
  };
  const channels: { channel: Channel; frames: Frame[]; closed: number }[] = [];
  const host = createIpcHost(electron.ipcMain, log, (channel) => {
    const seen = { channel, frames: [] as Frame[], closed: 0 };
    channel.onFrame((frame) => seen.frames.push(frame));
    channel.onClose(() => {
      seen.closed += 1;
    });
    channels.push(seen);
  });
  const window = new electron.BrowserWindow({ webPreferences: { preload } });
  host.admit(window.webContents);
  await window.loadURL('app://pilothouse/index.html');
  const [fake] = windows;
  if (!fake) throw new Error('no window was made');
  const contents = fake.webContents;
  const bridge = () => {
    const exposed = contents.page?.exposed.pilothouse;
    if (!exposed) throw new Error('nothing is exposed');
    return exposed;
  };
  return { electron, ipcMain, fake, contents, bridge, channels, warnings, host };
}

test('the page is given send and onFrame, frozen, and nothing else', async () => {
  const { contents, bridge } = await openPage();
  expect(Object.keys(contents.page?.exposed ?? {})).toEqual(['pilothouse']);
  expect(Object.keys(bridge()).sort()).toEqual(['onFrame', 'send']);
  expect(Object.isFrozen(bridge())).toBe(true);
});

test('frames go both ways, text and bytes, and no event object with them', async () => {
  const { bridge, channels } = await openPage();
  const got: unknown[][] = [];
  bridge().onFrame((...args) => got.push(args));
  bridge().send('{"type":"call"}');
  bridge().send(new Uint8Array([1, 2, 3]));
  expect(channels).toHaveLength(1);
  expect(channels[0]?.frames).toEqual(['{"type":"call"}', new Uint8Array([1, 2, 3])]);
  channels[0]?.channel.send('answer');
  channels[0]?.channel.send(new Uint8Array([4, 5]));
  expect(got).toEqual([['answer'], [new Uint8Array([4, 5])]]);
});

test('a second handler of the page replaces the first', async () => {
  const { bridge, channels } = await openPage();
  const got: string[] = [];
  bridge().onFrame(() => got.push('first'));
  bridge().onFrame(() => got.push('second'));
  bridge().send('hello');
  channels[0]?.channel.send('answer');
  expect(got).toEqual(['second']);
});

test.each([[42], [null], [{ length: 3 }], [['a']], [new ArrayBuffer(4)], [new Uint16Array(2)]])(
  'the bridge refuses %o',
  async (value) => {
    const { bridge, channels } = await openPage();
    expect(() => bridge().send(value as never)).toThrow('a frame is a string or a Uint8Array');
    expect(channels).toHaveLength(0);
  },
);

test('of a view on a larger buffer only the view is sent', async () => {
  const { bridge, channels } = await openPage();
  const got: Frame[] = [];
  bridge().onFrame((frame) => got.push(frame));
  bridge().send('hello');
  const buffer = new TextEncoder().encode('SECRET public SECRET');
  channels[0]?.channel.send(buffer.subarray(7, 13));
  const [frame] = got;
  expect(frame).toEqual(new TextEncoder().encode('public'));
  expect((frame as Uint8Array).buffer.byteLength).toBe(6);
});

const page = '0b5f6d1e-0000-4000-8000-000000000000';
test.each([
  ['a frame within the page', { url: own.url, parent: own }, [page, 'x']],
  ['a foreign page', { url: 'https://example.com/', parent: null }, [page, 'x']],
  [
    'a page with our name as a prefix',
    { url: 'app://pilothouse.evil/', parent: null },
    [page, 'x'],
  ],
  ['a blank page', { url: 'about:blank', parent: null }, [page, 'x']],
  ['a frame that is gone', null, [page, 'x']],
  ['a page without an id', own, ['x']],
  ['a number for an id', own, [1, 'x']],
  ['a number for a frame', own, [page, 1]],
  ['an object for a frame', own, [page, { type: 'call' }]],
  ['nothing', own, []],
])('%s is refused, and said in the log', async (_name, frame, args) => {
  const { contents, channels, warnings } = await openPage();
  contents.receive(frame, channelName, args);
  expect(channels).toHaveLength(0);
  expect(warnings).toHaveLength(1);
});

test('a window nobody admitted is refused', async () => {
  const { electron, ipcMain, channels, warnings } = await openPage();
  const other = new electron.BrowserWindow({});
  ipcMain.emit(channelName, { sender: other.webContents, senderFrame: own }, page, 'x');
  expect(channels).toHaveLength(0);
  expect(warnings).toHaveLength(1);
});

test('a reload closes the channel and gives a new one; answers for the old page do not reach the new', async () => {
  const { contents, bridge, channels } = await openPage();
  const old = bridge();
  old.send('from the first page');
  await contents.reload();
  const got: Frame[] = [];
  bridge().onFrame((frame) => got.push(frame));
  channels[0]?.channel.send('for the first page');
  bridge().send('from the second page');
  expect(channels.map(({ frames }) => frames)).toEqual([
    ['from the first page'],
    ['from the second page'],
  ]);
  expect(channels.map(({ closed }) => closed)).toEqual([1, 0]);
  channels[0]?.channel.send('for the first page');
  channels[1]?.channel.send('for the second page');
  expect(got).toEqual(['for the second page']);
  old.send('late');
  expect(channels).toHaveLength(2);
  expect(channels[0]?.frames).toHaveLength(1);
});

test.each(['destroyed', 'render-process-gone'])('%s closes the channel, once', async (event) => {
  const { contents, bridge, channels } = await openPage();
  bridge().send('hello');
  contents.emit(event, {}, { reason: 'crashed', exitCode: 1 });
  contents.emit(event, {}, { reason: 'crashed', exitCode: 1 });
  expect(channels[0]?.closed).toBe(1);
});

test('a page whose channel the core closed is not heard again', async () => {
  const { bridge, channels } = await openPage();
  bridge().send('hello');
  channels[0]?.channel.close('frame too large');
  bridge().send('again');
  expect(channels).toHaveLength(1);
  expect(channels[0]?.frames).toEqual(['hello']);
  expect(channels[0]?.closed).toBe(1);
});

test('the built preload weighs less than 2 kB', () => {
  expect(statSync(preload).size).toBeLessThan(2048);
});
