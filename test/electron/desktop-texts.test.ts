/** The texts of the shell around the page: every key in all three languages, the menu, and the last word. */
import { expect, test } from 'vitest';
import { createDesktopTexts } from '../../main/platform/electron/desktop-texts.ts';
import { reportFailedStart } from '../../main/platform/electron/failed-start.ts';
import { menuTemplate } from '../../main/platform/electron/menu.ts';
import { languages } from '../../preload/contract/constants.ts';
import { refusal } from '../../preload/contract/errors.ts';
import { createFakeElectron } from '../support/fake-electron/fake-electron.ts';

test.each(languages)('in %s counts are worded, one and many', (language) => {
  const texts = createDesktopTexts(language);
  for (const count of [1, 2]) {
    expect(texts('quit.tunnels', { count })).toContain(String(count));
    expect(texts('quit.terminals', { count })).toContain(String(count));
  }
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'the menu of %s has words for all, and neither reload nor developer tools',
  (system) => {
    for (const language of languages) {
      const text = JSON.stringify(menuTemplate(createDesktopTexts(language), system));
      expect(text).not.toMatch(/reload|devtools/i);
      expect(text).not.toContain('"label":"menu.');
      expect(text).toContain('"role":"quit"');
    }
  },
);

test('Ctrl+W stays the shell’s where the menu has no need of it', () => {
  const closes = (system: NodeJS.Platform) =>
    JSON.stringify(menuTemplate(createDesktopTexts('en'), system)).includes('"role":"close"');
  expect([closes('linux'), closes('win32'), closes('darwin')]).toEqual([false, false, true]);
});

test('a start that fails says why in the operator’s language, and ends', () => {
  const { electron, app, errorBoxes } = createFakeElectron();
  app.languages = ['zh-TW'];
  reportFailedStart(electron, refusal('conflict', 'data-directory-in-use', { directory: '/data' }));
  reportFailedStart(electron, new Error('a bug'));
  expect(errorBoxes[0]).toMatch(/^Pilothouse 無法啟動: .*\/data/);
  expect(errorBoxes[1]).toBe('Pilothouse 無法啟動: Error: a bug');
  expect(app.exitCode).toBe(1);
});
