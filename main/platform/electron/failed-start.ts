/** The last word when the application cannot start: why, in the operator's language. */
import { CloudError } from '../../../preload/contract/errors.ts';
import { chooseLanguage, createDesktopTexts } from './desktop-texts.ts';
import type { Electron } from './electron.ts';

export function reportFailedStart(
  { app, dialog }: Pick<Electron, 'app' | 'dialog'>,
  error: unknown,
): void {
  const texts = createDesktopTexts(chooseLanguage('system', app.getPreferredSystemLanguages()));
  const rule = error instanceof CloudError ? error.rule : undefined;
  const message = error instanceof Error ? error.message : String(error);
  const reasons = rule ? [`start.${rule.id}`, 'start.other'] : ['start.other'];
  dialog.showErrorBox(texts('start.failed'), texts(reasons, { ...rule?.params, message }));
  app.exit(1);
}
