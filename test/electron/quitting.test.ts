/** Leaving: asked once, only when something is live; the core is closed first; a second wish changes nothing. */
import { expect, test, vi } from 'vitest';
import { createDesktopTexts } from '../../main/platform/electron/desktop-texts.ts';
import { guardQuitting } from '../../main/platform/electron/quitting.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

interface LiveWork {
  readonly tunnels: number;
  readonly terminals: number;
  readonly transfers?: number;
  readonly jobs: number;
  readonly unsaved?: number;
}

const stay = 0;
const background = 1;
const leave = 2;

function start(live: LiveWork, closeCore = async () => {}) {
  const fake = createFakeElectron();
  fake.app.becomeReady();
  const closed = vi.fn(closeCore);
  const core = { liveWork: () => ({ transfers: 0, unsaved: 0, ...live }), close: closed };
  const window = new fake.electron.BrowserWindow({});
  const quitting = guardQuitting(fake.electron, core, createDesktopTexts('en'), () => window);
  fake.app.on('window-all-closed', () => {});
  window.on('close', quitting.onWindowClose);
  return Object.assign(fake, { window, closed });
}

const inBackground = 'In the background everything goes on; start Pilothouse again to see it.';
const nothing = { tunnels: 0, terminals: 0, jobs: 0 };
const something = { tunnels: 2, terminals: 1, jobs: 0 };

/** Time for an answer to be taken in. */
const answered = () => new Promise((resolve) => setTimeout(resolve));

test('with nothing live it leaves without a question, the core closed before', async () => {
  const { app, closed, questions } = start(nothing);
  app.quit();
  expect(app.exitCode).toBeUndefined();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
  expect(closed).toHaveBeenCalledOnce();
  expect(questions).toEqual([]);
});

test('a text nobody has saved is asked about like anything live', async () => {
  const fake = start({ ...nothing, unsaved: 1 });
  fake.answer = stay;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.questions[0]).toMatchObject({
    detail: ['1 text is edited and not saved: quitting loses it.', inBackground].join('\n'),
  });
  await answered();
  expect(fake.app.exitCode).toBeUndefined();
});

test('with something live it asks once, names it, and stays unless told to leave', async () => {
  const fake = start(something);
  fake.answer = stay;
  fake.app.quit();
  fake.app.quit();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.questions[0]).toMatchObject({
    buttons: ['Stay', 'Keep in the background', 'Quit'],
    detail: [
      '2 tunnels are running.',
      '1 terminal is open.',
      'Quitting ends them. The instances keep running.',
      inBackground,
    ].join('\n'),
    defaultId: 0,
    cancelId: 0,
  });
  await answered();
  expect(fake.app.exitCode).toBeUndefined();
  expect(fake.closed).not.toHaveBeenCalled();
  fake.answer = leave;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.app.exitCode).toBe(0));
  expect(fake.questions).toHaveLength(2);
  expect(fake.closed).toHaveBeenCalledOnce();
});

test('a job at work is reason enough to ask, and goes on at the next start', async () => {
  const fake = start({ ...nothing, jobs: 1 });
  fake.answer = stay;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.questions[0]).toMatchObject({
    detail: `1 job is at work: it pauses, and goes on when Pilothouse is started again.\n${inBackground}`,
  });
});

test('kept in the background the window hides, the work goes on, and a later wish asks again', async () => {
  const fake = start(something);
  fake.answer = background;
  fake.window.close();
  await vi.waitFor(() => expect(fake.windows[0]?.calls).toContain('hide'));
  expect(fake.window.isDestroyed()).toBe(false);
  expect(fake.closed).not.toHaveBeenCalled();
  expect(fake.app.exitCode).toBeUndefined();
  fake.answer = leave;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.app.exitCode).toBe(0));
  expect(fake.questions).toHaveLength(2);
});

test('closing the window is a wish to leave, and the window stays until it is granted', async () => {
  const fake = start(something);
  fake.answer = stay;
  fake.window.close();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  await answered();
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

test('a core that fails to close does not hold the application', async () => {
  const { app } = start(nothing, async () => {
    throw new Error('broken');
  });
  app.quit();
  await vi.waitFor(() => expect(app.exitCode).toBe(0));
});

test('a question that cannot be asked does not hold the application', async () => {
  const { app, electron } = start(something);
  electron.dialog.showMessageBox = async () => {
    throw new Error('no display');
  };
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

test('files under way are named too', async () => {
  const fake = start({ ...nothing, transfers: 1 });
  fake.answer = stay;
  fake.app.quit();
  await vi.waitFor(() => expect(fake.questions).toHaveLength(1));
  expect(fake.questions[0]?.detail).toContain('1 transfer of files is under way.');
});
