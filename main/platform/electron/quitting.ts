/** Leaving: asks once when something is live, closes the core, and only then lets Electron go. */
import type { BrowserWindow, Event } from 'electron';
import type { Core } from '../../core/create-core.ts';
import type { DesktopTexts } from './desktop-texts.ts';
import type { Electron } from './electron.ts';

/** A core that does not close by then is left to the crash safety every write has. */
const patienceMs = 5000;

export interface Quitting {
  /** For the window's `close`: closing it means leaving, and it stays until that is decided. */
  onWindowClose(event: Pick<Event, 'preventDefault'>): void;
}

export function guardQuitting(
  { app, dialog, powerMonitor }: Pick<Electron, 'app' | 'dialog' | 'powerMonitor'>,
  core: Pick<Core, 'liveWork' | 'close'>,
  texts: DesktopTexts,
  /** The window the question belongs to. */
  currentWindow: () => BrowserWindow | undefined,
): Quitting {
  let stage: 'staying' | 'deciding' | 'closing' | 'closed' = 'staying';

  app.on('before-quit', (event) => {
    if (stage === 'closed') return;
    event.preventDefault();
    if (stage !== 'staying') return;
    stage = 'deciding';
    // A question that cannot be asked must not keep anybody here.
    decide().catch(leave);
  });
  // The machine goes down whatever we ask.
  powerMonitor.on('shutdown', () => void leave());

  async function decide(): Promise<void> {
    const wish = await ask();
    if (wish === 'leave') {
      await leave();
      return;
    }
    if (stage === 'deciding') stage = 'staying';
    // Starting the application again brings the window back.
    if (wish === 'background') currentWindow()?.hide();
  }

  async function ask(): Promise<Wish> {
    const live = core.liveWork();
    if (Object.values(live).every((count) => count === 0)) return 'leave';
    const question = questionAbout(live, texts);
    const window = currentWindow();
    const { response } = await (window
      ? dialog.showMessageBox(window, question)
      : dialog.showMessageBox(question));
    return wishes[response] ?? 'stay';
  }

  async function leave(): Promise<void> {
    if (stage === 'closing' || stage === 'closed') return;
    stage = 'closing';
    const deadline = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([core.close().catch(() => {}), deadline]);
    stage = 'closed';
    app.quit();
  }

  return {
    onWindowClose(event) {
      if (stage === 'closed') return;
      event.preventDefault();
      app.quit();
    },
  };
}

/** In the order of the buttons. */
const wishes = ['stay', 'background', 'leave'] as const;
type Wish = (typeof wishes)[number];

/** Staying is the default, and what Escape means. */
function questionAbout(live: ReturnType<Core['liveWork']>, texts: DesktopTexts) {
  const counted = (kind: keyof typeof live) =>
    live[kind] > 0 ? [texts(`quit.${kind}`, { count: live[kind] })] : [];
  const ending = [...counted('tunnels'), ...counted('terminals'), ...counted('transfers')];
  const lines = [
    ...counted('unsaved'),
    ...ending,
    ...(ending.length > 0 ? [texts('quit.consequence')] : []),
    ...counted('jobs'),
    texts('quit.backgroundMeans'),
  ];
  return {
    type: 'question' as const,
    title: 'Pilothouse',
    message: texts('quit.question'),
    detail: lines.join('\n'),
    buttons: wishes.map((wish) => texts(`quit.${wish}`)),
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}
