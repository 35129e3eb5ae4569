/** Leaving: asked once, only when something is live; the core is closed first; a second wish changes nothing. */
import { expect, test, vi } from 'vitest';
import type { LiveWork } from '../../main/platform/electron/ask-core.ts';
import { createDesktopTexts } from '../../main/platform/electron/desktop-texts.ts';
import { guardQuitting } from '../../main/platform/electron/quitting.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

const stay = 0;
const leave = 1;

function start(live: () => Promise<LiveWork>, closeCore = async () => {}) {
  const fake = createFakeElectron();
  fake.app.becomeReady();
  const closed = vi.fn(closeCore);
  const quitting = guardQuitting(fake.electron, {
    texts: createDesktopTexts('en'),
    readLiveWork: live,
    closeCore: closed,
    window: () => undefined,
  });
  fake.app.on('window-all-closed', () => {});
  const window = new fake.electron.BrowserWindow({});
  window.on('close', quitting.onWindowClose);
  return Object.assign(fake, { window, closed });
}

const nothing = async () => ({ tunnels: 0, terminals: 0 });
const something = async () => ({ tunnels: 2, terminals: 1 });

test('with nothing live it leaves without a question, the core closed before', async () => {
  const { app, closed, questions } = start(nothing);
  app.quit();
  expect(app.exitCode).toBeUndefined();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
  expect(closed).toHaveBeenCalledOnce();
  expect(questions).toEqual([]);
});

test('with something live it asks once, names it, and stays unless told to leave', async () => {
  const fake = start(something);
  fake.answer = stay;
  fake.app.quit();
  fake.app.quit();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.questions[0]).toMatchObject({
    buttons: ['Stay', 'Quit'],
    detail:
      '2 tunnels are running.\n1 terminal is open.\nQuitting ends them. The instances keep running.',
    defaultId: 0,
    cancelId: 0,
  });
  await new Promise((resolve) => setTimeout(resolve));
  expect(fake.app.exitCode).toBeUndefined();
  expect(fake.closed).not.toHaveBeenCalled();
  fake.answer = leave;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.app.exitCode).toBe(0));
  expect(fake.questions).toHaveLength(2);
  expect(fake.closed).toHaveBeenCalledOnce();
});

test('closing the window is a wish to leave, and the window stays until it is granted', async () => {
  const fake = start(something);
  fake.answer = stay;
  fake.window.close();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.window.isDestroyed()).toBe(false);
  fake.answer = leave;
  fake.window.close();
  await vi.waitFor(() => expect(fake.app.exitCode).toBe(0));
  expect(fake.window.isDestroyed()).toBe(true);
});

test('a machine that goes down is not kept waiting by a question', async () => {
  const { app, powerMonitor, questions } = start(something);
  powerMonitor.emit('shutdown');
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
  expect(questions).toEqual([]);
});

test('a core that fails to answer or to close does not hold the application', async () => {
  const broken = async () => {
    throw new Error('broken');
  };
  const { app } = start(broken, broken);
  app.quit();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
});

test('a core that never closes is left after five seconds', async () => {
  vi.useFakeTimers();
  try {
    const { app } = start(nothing, () => new Promise(() => {}));
    app.quit();
    await vi.advanceTimersByTimeAsync(4900);
    expect(app.exitCode).toBeUndefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(app.exitCode).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
