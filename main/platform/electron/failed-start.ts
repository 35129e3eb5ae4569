/** The last word when the application cannot start: why, in the operator's language. */
import { CloudError } from '../../../preload/contract/errors.ts';
import { createTexts, languageOf } from '../../core/texts.ts';
import { createDesktopTexts } from './desktop-texts.ts';
import type { Electron } from './electron.ts';

export function reportFailedStart(
  { app, dialog }: Pick<Electron, 'app' | 'dialog'>,
  error: unknown,
): void {
  const language = languageOf(app.getPreferredSystemLanguages()[0]);
  const reason =
    error instanceof CloudError ? createTexts(language).failure(error.toFailure()) : String(error);
  dialog.showErrorBox(createDesktopTexts(language)('start.failed'), reason);
  app.exit(1);
}
